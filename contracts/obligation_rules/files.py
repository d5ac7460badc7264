"""Obligation rules as they stand in TOML files, refused when wrong."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from contracts.obligation_rules.rule import CertificateEffect, Line, Rule
from contracts.toml_tables.documents import Document
from contracts.toml_tables.fields import Fields, Problem, TableError

FOLDER = Path(__file__).resolve().parent / "shipped"
WHOLE_PCT = 100


class Base(StrEnum):
    CONTRACT_VALUE = "contract_value"
    WAGE_SUM = "wage_sum"
    TURNOVER = "turnover"
    HOURS = "hours"


class Operator(StrEnum):
    ABOVE = ">"
    FROM = ">="


class Nature(StrEnum):
    WORKS = "works"
    SERVICES = "services"
    SUPPLIES = "supplies"


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days and months after the award (feature A14)."""

    contact_days: int = 7
    plan_days: int = 42
    report_months: int = 3
    report_days: int = 14
    review_days: int = 30
    objection_days: int = 14


@dataclass(frozen=True, slots=True)
class Choices:
    """What the sources leave open (A12, A14, A15), with our defaults."""

    counts_unchecked: bool = False
    accepts_unlinked: bool = False
    carries_over: bool = False


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule, and what is said of it."""

    code: str
    version: str
    publisher: str
    name: str
    source: str
    note: str
    valid_from: dt.date | None
    rule: Rule
    clocks: Clocks = Clocks()
    choices: Choices = Choices()


def shipped_rules(folder: Path = FOLDER) -> tuple[RuleFile, ...]:
    """Read the rules of a folder, by name.

    :raises TableError: with the mistakes of the first file that has any.
    """
    return tuple(_named(path) for path in sorted(folder.glob("*.toml")))


def read_rule(text: str) -> RuleFile:
    """Read one rule.

    :raises TableError: with each row that is wrong and why.
    """
    document = Document(text)
    fields = document.one("rule")
    lines = tuple(_line(row) for row in document.rows("lines"))
    effects = tuple(_effect(row) for row in document.rows("certificates"))
    if not lines:
        fields.refuse(_("a rule has at least one line"))
    found = RuleFile(
        code=fields.text("code"),
        version=fields.text("version"),
        publisher=fields.text("publisher"),
        name=fields.text("name"),
        source=fields.text("source"),
        note=fields.optional_text("note"),
        valid_from=fields.day("valid_from"),
        rule=_rule(fields, lines, effects),
        clocks=_clocks(fields),
        choices=_choices(fields),
    )
    fields.finish()
    document.finish()
    return found


def _named(path: Path) -> RuleFile:
    try:
        return read_rule(path.read_text(encoding="utf-8"))
    except TableError as mistake:
        problems = [Problem(f"{path.name}, {row}", reason) for row, reason in mistake.problems]
        raise TableError(problems) from mistake


def _rule(fields: Fields, lines: tuple[Line, ...], effects: tuple[CertificateEffect, ...]) -> Rule:
    rule = Rule(
        lines=lines,
        threshold_base=fields.choice("threshold_base", Base.CONTRACT_VALUE).value,
        is_from=fields.choice("threshold_operator", Operator.ABOVE) is Operator.FROM,
        minimum_months=fields.whole("minimum_months"),
        floor_eur=fields.money("floor_eur"),
        cap_eur=fields.money("cap_eur"),
        certificates=effects,
    )
    if rule.threshold_base not in (Base.CONTRACT_VALUE, Base.WAGE_SUM):
        fields.refuse(_("a threshold is a contract value or a wage sum"))
    if None not in (rule.floor_eur, rule.cap_eur) and (rule.cap_eur or 0) < (rule.floor_eur or 0):
        fields.refuse(_("the most that can be owed lies below the least"))
    return rule


def _line(fields: Fields) -> Line:
    natures = frozenset(fields.texts("natures"))
    for nature in sorted(natures - set(Nature)):
        fields.refuse(_("“%(nature)s” is not works, services or supplies") % {"nature": nature})
    line = Line(
        base_kind=fields.choice("base", Base.CONTRACT_VALUE, is_required=True).value,
        percentage=_percentage(fields, "percentage"),
        natures=natures,
        threshold_eur=fields.money("threshold_eur"),
        labour_share_from_pct=_percentage(fields, "labour_share_from_pct"),
        labour_share_below_pct=_percentage(fields, "labour_share_below_pct"),
    )
    least, below = line.labour_share_from_pct, line.labour_share_below_pct
    if least is not None and below is not None and below <= least:
        fields.refuse(_("the upper share of labour lies above the lower one"))
    return line


def _effect(fields: Fields) -> CertificateEffect:
    return CertificateEffect(
        kind=fields.text("kind"),
        discount_pct=_percentage(fields, "discount_pct") or Decimal(0),
        whole_term=fields.flag("whole_term", default=True),
    )


def _clocks(fields: Fields) -> Clocks:
    usual = Clocks()
    return Clocks(
        contact_days=_days(fields, "contact_days", usual.contact_days),
        plan_days=_days(fields, "plan_days", usual.plan_days),
        report_months=_days(fields, "report_months", usual.report_months),
        report_days=_days(fields, "report_days", usual.report_days),
        review_days=_days(fields, "review_days", usual.review_days),
        objection_days=_days(fields, "objection_days", usual.objection_days),
    )


def _choices(fields: Fields) -> Choices:
    return Choices(
        counts_unchecked=fields.flag("counts_unchecked", default=False),
        accepts_unlinked=fields.flag("accepts_unlinked", default=False),
        carries_over=fields.flag("carries_over", default=False),
    )


def _days(fields: Fields, name: str, usual: int) -> int:
    found = fields.whole(name)
    return usual if found is None else found


def _percentage(fields: Fields, name: str) -> Decimal | None:
    found = fields.number(name, WHOLE_PCT)
    if found is not None and found != round(found, 2):
        fields.refuse(_("%(field)s has more than two decimals") % {"field": name})
    return found
