"""A version of a value table, as it stands in a file: terms, rows, bonuses, limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from contracts import valuation
from contracts.toml_tables.documents import Document
from contracts.toml_tables.fields import MOST_MONTHS, Fields
from contracts.toml_tables.groups import EvidenceKind, Privacy, TargetGroup, check_evidence
from contracts.toml_tables.settings import BonusesCount, Setting
from suppliers.models import CertificateKind

PRICED = {
    valuation.Unit.FULL_TIME_YEAR,
    valuation.Unit.MONTH,
    valuation.Unit.LEARNING_YEAR,
    valuation.Unit.HOUR,
    valuation.Unit.DAY,
    valuation.Unit.FLAT,
}


class RowKind(StrEnum):
    """What is done: somebody works or learns, something is bought, given or taught."""

    PLACEMENT = "placement"
    PURCHASE = "purchase"
    ACTIVITY = "activity"
    GUIDANCE = "guidance"


class Staff(StrEnum):
    """Whether a row is for people who are new at the employer, or were there already."""

    ANY = "any"
    NEW = "new"
    EXISTING = "existing"


class Status(StrEnum):
    """Whether a table may be used: a draft is known in part, and is never published."""

    PUBLISHED = "published"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of the obligation one way of fulfilling it may be."""

    code: str
    label_nl: str
    label_en: str
    pct: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """A block, for whom it is and what shows it."""

    block: valuation.Block
    kind: RowKind
    target_group: str
    privacy: Privacy
    evidence_kinds: tuple[str, ...]
    staff: Staff
    limit: str


@dataclass(frozen=True, slots=True)
class BonusRow:
    """A bonus, and the rows it is for; none named means all."""

    bonus: valuation.Bonus
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All that a publisher says in one version.

    `as_published` names the settings that the publisher gives; the others are ours (R-037).
    """

    code: str
    source: str
    terms: valuation.Terms
    rows: tuple[Row, ...]
    bonuses: tuple[BonusRow, ...]
    limits: tuple[Limit, ...]
    as_published: frozenset[Setting] = frozenset()
    status: Status = Status.PUBLISHED


class TableReader:
    """Reads tables whose groups and evidence are among those given."""

    def __init__(self, groups: Iterable[TargetGroup], kinds: Iterable[EvidenceKind]) -> None:
        self.groups = {group.code: group for group in groups}
        self.kinds = {kind.code for kind in kinds}

    def read(self, text: str) -> Table:
        """Read one version of a table.

        :raises TableError: with each row that is wrong and why.
        """
        return self.read_document(Document(text))

    def read_document(self, document: Document) -> Table:
        """Read one version of a table, from whatever file it is.

        :raises TableError: with each row that is wrong and why.
        """
        head = document.one("table")
        count = head.choice("bonuses_count", BonusesCount.ALL)
        limits = {limit.code: limit for limit in map(_limit, document.rows("limits"))}
        rows = tuple(self._row(fields, limits) for fields in document.rows("rows"))
        codes = {row.block.code for row in rows}
        table = Table(
            code=head.code("code", 40),
            source=head.text("source", 300),
            terms=_terms(head),
            rows=rows,
            bonuses=tuple(_bonus(fields, count, codes) for fields in document.rows("bonuses")),
            limits=tuple(limits.values()),
            as_published=_as_published(head),
            status=head.choice("status", Status.PUBLISHED),
        )
        if not rows:
            head.refuse(_("the table has no rows"))
        head.finish()
        document.finish()
        return table

    def _row(self, fields: Fields, limits: Mapping[str, Limit]) -> Row:
        kind = fields.choice("kind", RowKind.PLACEMENT)
        group_code = fields.optional_text("target_group")
        group = self._group(fields, kind, group_code)
        privacy = fields.choice("privacy", group.privacy if group else Privacy.ORDINARY)
        if group and privacy.rank < group.privacy.rank:
            fields.refuse(_("the privacy class is milder than that of the target group"))
        limit = fields.optional_text("limit")
        if limit and limit not in limits:
            fields.refuse(_("“%(code)s” is not a limit of this table") % {"code": limit})
        row = Row(
            block=_block(fields, limits[limit].pct if limit in limits else None),
            kind=kind,
            target_group=group_code,
            privacy=privacy,
            evidence_kinds=fields.codes("evidence"),
            staff=fields.choice("staff", Staff.ANY),
            limit=limit,
        )
        check_evidence(fields, row.evidence_kinds, self.kinds)
        return row

    def _group(self, fields: Fields, kind: RowKind, code: str) -> TargetGroup | None:
        """Find the group: a placement has one, and nothing else has."""
        if kind is RowKind.PLACEMENT and code not in self.groups:
            fields.refuse(_("“%(code)s” is not a known target group") % {"code": code})
        if kind is not RowKind.PLACEMENT and code:
            fields.refuse(_("only a placement has a target group"))
        return self.groups.get(code)


def _terms(head: Fields) -> valuation.Terms:
    norm_hours = head.number("norm_hours", 60)
    return valuation.Terms(
        publisher=head.text("publisher", 120),
        table=head.text("name", 160),
        version=head.text("version", 20),
        valid_from=head.day("valid_from"),
        norm_hours=norm_hours or valuation.ASSUMED_NORM_HOURS,
        norm_assumed=not norm_hours,
        part_months=head.choice("part_months", valuation.PartMonths.CALENDAR),
        cap_counts=head.choice("cap_counts", valuation.CapCounts.MONTHS),
        hours_above_norm=head.choice("hours_above_norm", valuation.HoursAboveNorm.IGNORED),
        norm_over=head.choice("norm_over", valuation.NormOver.SUPPLIER),
        rounding=head.choice("rounding", valuation.Rounding.HALF_UP),
        counts_max_months=head.whole("counts_max_months"),
        row_cap=head.choice("row_cap", valuation.RowCap.ROW),
        cap_starts=head.choice("cap_starts", valuation.CapStarts.COUNTING),
        look_back_always=head.flag("look_back_always", default=False),
        bracket_edge=head.choice("bracket_edge", valuation.BracketEdge.LONGER),
        bracket_change=head.choice("bracket_change", valuation.BracketChange.START),
    )


def _as_published(head: Fields) -> frozenset[Setting]:
    """Take the names of the settings that the publisher gives."""
    names = head.codes("as_published")
    known = set(Setting)
    for name in names:
        if name not in known:
            head.refuse(
                _("as_published: “%(name)s” is not a setting; it may be: %(allowed)s")
                % {"name": name, "allowed": ", ".join(Setting)}
            )
    return frozenset(Setting(name) for name in names if name in known)


def _limit(fields: Fields) -> Limit:
    pct = fields.number("pct", 100)
    if not pct:
        fields.refuse(_("a limit needs a percentage"))
    return Limit(
        code=fields.code("code"),
        label_nl=fields.text("nl"),
        label_en=fields.text("en"),
        pct=pct or Decimal(0),
    )


def _block(fields: Fields, limit_pct: Decimal | None) -> valuation.Block:
    recognition_pct = fields.number("recognition_pct", 100)
    block = valuation.Block(
        code=fields.code("code"),
        unit=fields.choice("unit", valuation.Unit.AGREED, is_required=True),
        value_eur=fields.money("value_eur"),
        label_nl=fields.text("nl"),
        label_en=fields.text("en"),
        counts_max_months=fields.whole("counts_max_months"),
        counts_always=fields.flag("counts_always", default=False),
        cap_is_exception=fields.flag("cap_is_exception", default=False),
        benefit_from_months=fields.whole("benefit_from_months"),
        benefit_until_months=fields.whole("benefit_until_months"),
        minimum_hours_per_week=fields.number("minimum_hours_per_week", 60),
        prorata_hours=fields.flag("prorata_hours", default=True),
        look_back_months=fields.whole("look_back_months"),
        same_employer_months=fields.whole("same_employer_months"),
        daily_max_eur=fields.money("daily_max_eur"),
        recognition_pct=Decimal(100) if recognition_pct is None else recognition_pct,
        certificate=fields.optional_text("certificate"),
        limit_pct=limit_pct,
    )
    if (block.value_eur is None) == (block.unit in PRICED):
        fields.refuse(
            _("%(unit)s needs a value") % {"unit": block.unit}
            if block.value_eur is None
            else _("%(unit)s has no value of its own") % {"unit": block.unit}
        )
    if block.certificate and block.certificate not in CertificateKind:
        fields.refuse(_("“%(code)s” is not a known certificate") % {"code": block.certificate})
    if block.counts_always and block.counts_max_months is not None:
        fields.refuse(_("it counts always, or for a number of months: not both"))
    if (block.benefit_until_months or MOST_MONTHS) <= (block.benefit_from_months or 0):
        fields.refuse(_("the bracket of the benefit ends before it begins"))
    return block


def _bonus(fields: Fields, count: BonusesCount, row_codes: set[str]) -> BonusRow:
    bonus = valuation.Bonus(
        code=fields.code("code"),
        value_eur=fields.money("value_eur") or Decimal(0),
        label_nl=fields.text("nl"),
        label_en=fields.text("en"),
        conditions=fields.codes("conditions"),
        age=fields.whole("age", 100),
        age_operator=fields.choice("age_operator", valuation.AgeOperator.FROM),
        after_internship_months=fields.number("after_internship_months", 60),
        prorata=fields.flag("prorata", default=True),
        highest_of=fields.optional_text("highest_of", 60),
    )
    if not bonus.value_eur:
        fields.refuse(_("a bonus needs a value"))
    if count is BonusesCount.HIGHEST:
        bonus = replace(bonus, highest_of="all")
    rows = fields.codes("rows")
    for code in rows:
        if code not in row_codes:
            fields.refuse(_("“%(code)s” is not a row of this table") % {"code": code})
    return BonusRow(bonus, rows)
