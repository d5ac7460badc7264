"""Entry rules: what an authority holds against work before it takes it in (R-206)."""

from candidates.entry_rules.gathering import facts_of_share, facts_of_work, holding
from candidates.entry_rules.judging import Facts, Finding, judge, sentence

__all__ = ["Facts", "Finding", "facts_of_share", "facts_of_work", "holding", "judge", "sentence"]
