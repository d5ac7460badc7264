"""What a page tells about one contract, gathered once for both sides (S01)."""

from contracts.facts.causes import KINDS, Cause, causes, kind_label
from contracts.facts.courses import bar, course
from contracts.facts.figures import Figures, figures, month_ends
from contracts.facts.options import Options, options
from contracts.facts.outlooks import Outlook, outlook
from contracts.facts.series import Series, series
from contracts.facts.standings import Standing, standing

__all__ = [
    "KINDS",
    "Cause",
    "Figures",
    "Options",
    "Outlook",
    "Series",
    "Standing",
    "bar",
    "causes",
    "course",
    "figures",
    "kind_label",
    "month_ends",
    "options",
    "outlook",
    "series",
    "standing",
]
