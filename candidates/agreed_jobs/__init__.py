"""Jobs under the banenafspraak: hours and people, beside social return and in no sum with it."""

from candidates.agreed_jobs.months import Stated, hours_by_month
from candidates.agreed_jobs.norm import GOALS, NORMS, Goal, Norm, goal_of, jobs_a_week, jobs_in
from candidates.agreed_jobs.overlap import Part, PersonMonth, Venn, venn

__all__ = [
    "GOALS",
    "NORMS",
    "Goal",
    "Norm",
    "Part",
    "PersonMonth",
    "Stated",
    "Venn",
    "goal_of",
    "hours_by_month",
    "jobs_a_week",
    "jobs_in",
    "venn",
]
