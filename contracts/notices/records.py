"""What a notice says, as values that cannot change."""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from decimal import Context, Decimal

from django.utils.functional import Promise

from contracts.notices.legal_forms import has_legal_form
from contracts.notices.terms import LABELS

UNLISTED = {"listed": False}


@dataclass(frozen=True, kw_only=True)
class Record:
    """Values that know how to be written as JSON; unlisted fields stay out of it."""

    def as_json(self) -> dict[str, object]:
        listed = (f for f in dataclasses.fields(self) if f.metadata.get("listed", True))
        return {f.name: jsonable(getattr(self, f.name)) for f in listed}


def jsonable(value: object) -> object:
    match value:
        case Record():
            return value.as_json()
        case tuple():
            return [jsonable(item) for item in value]
        case Decimal():
            return format(shortest(value), "f")
        case dt.date():
            return value.isoformat()
    return value


def shortest(number: Decimal) -> Decimal:
    """Drop the zeros that say nothing."""
    return number.normalize(Context(prec=30))


@dataclass(frozen=True, kw_only=True)
class Amount(Record):
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Party(Record):
    """An organisation in some part; never a contact person or an owner."""

    org_id: str
    name: str | None
    identifiers: tuple[str, ...]
    country: str | None
    natural_person: bool = field(default=False, metadata=UNLISTED)

    @property
    def is_person(self) -> bool:
        """Whether the name is that of a human being: the flag alone is not believed."""
        return self.natural_person and not has_legal_form(self.name or "")

    @property
    def public_name(self) -> str | None:
        """The name, or nothing where it may not be shown in public."""
        return None if self.is_person else self.name


@dataclass(frozen=True, kw_only=True)
class Buyer(Party):
    pass


@dataclass(frozen=True, kw_only=True)
class Winner(Party):
    size: str | None


@dataclass(frozen=True, kw_only=True)
class Tenderer(Winner):
    leader: bool | None

    def as_winner(self) -> Winner:
        names = [f.name for f in dataclasses.fields(Winner)]
        return Winner(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, kw_only=True)
class Subcontracting(Record):
    status: str | None
    value: Amount | None
    percentage: Decimal | None
    value_known: bool | None
    percentage_known: bool | None
    description: str | None
    subcontractors: tuple[Party, ...]


@dataclass(frozen=True, kw_only=True)
class Tender(Record):
    """What one tenderer or group offered for a lot."""

    id: str
    identifier: str | None
    lot_id: str | None
    rank: Decimal | None
    value: Amount | None
    tenderers: tuple[Tenderer, ...]
    subcontracting: Subcontracting
    withheld: tuple[str, ...] = field(default=(), metadata=UNLISTED)


@dataclass(frozen=True, kw_only=True)
class Lot(Record):
    """A lot, or a part of a prior information notice."""

    id: str
    internal_id: str | None
    title: str | None
    nature: str | None
    cpv_main: str | None
    cpv_additional: tuple[str, ...]
    estimated_value: Amount | None
    framework_maximum_value: Amount | None
    start_date: dt.date | None
    end_date: dt.date | None
    duration: Decimal | None
    duration_unit: str | None
    strategic_procurement: tuple[str, ...]
    strategic_descriptions: tuple[str, ...]
    social_objectives: tuple[str, ...]
    environmental_impacts: tuple[str, ...]
    innovation: tuple[str, ...]
    gpp_criteria: tuple[str, ...]
    accessibility: tuple[str, ...]
    reserved_participation: tuple[str, ...]
    reserved_execution: str | None
    performance_terms: tuple[str, ...]
    subcontracting_obligation: tuple[str, ...]
    description: str | None = field(default=None, metadata=UNLISTED)
    criteria: tuple[str, ...] = field(default=(), metadata=UNLISTED)
    places: tuple[str, ...] = field(default=(), metadata=UNLISTED)


@dataclass(frozen=True, kw_only=True)
class LotGroup(Record):
    id: str
    lot_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Result(Record):
    """How a lot ended."""

    id: str
    lot_id: str | None
    status: str | None
    not_awarded_reason: str | None
    tender_ids: tuple[str, ...]
    contract_ids: tuple[str, ...]
    framework_maximum_value: Amount | None
    framework_reestimated_value: Amount | None
    withheld: tuple[str, ...] = field(default=(), metadata=UNLISTED)


@dataclass(frozen=True, kw_only=True)
class NoticeContract(Record):
    id: str
    identifier: str | None
    title: str | None
    conclusion_date: dt.date | None
    decision_date: dt.date | None
    framework: bool | None
    tender_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Modification(Record):
    previous_notice: str | None
    reasons: tuple[str, ...]
    contract_ids: tuple[str, ...] = field(default=(), metadata=UNLISTED)
    descriptions: tuple[str, ...] = field(default=(), metadata=UNLISTED)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A mandatory term that is missing, in a lot or organisation or the notice itself."""

    term: str
    place: str = ""

    @property
    def label(self) -> Promise:
        return LABELS[self.term]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.place, str(self.label), f"({self.term})")))


@dataclass(frozen=True, kw_only=True)
class Notice(Record):
    file: str
    publication_id: str | None
    publication_date: dt.date | None
    notice_id: str | None
    notice_version: str | None
    procedure_id: str | None
    sdk_version: str | None
    form_type: str | None
    notice_type: str | None
    notice_subtype: str | None
    language: str | None
    dispatch_date: dt.date | None
    buyers: tuple[Buyer, ...]
    title: str | None
    internal_id: str | None
    nature: str | None
    procedure_type: str | None
    cpv_main: str | None
    cpv_additional: tuple[str, ...]
    estimated_value: Amount | None
    framework_maximum_value: Amount | None
    lots: tuple[Lot, ...]
    parts: tuple[Lot, ...]
    lot_groups: tuple[LotGroup, ...]
    reserved_participation: tuple[str, ...]
    reserved_execution: tuple[str, ...]
    strategic_procurement: tuple[str, ...]
    social_objectives: tuple[str, ...]
    notice_value: Amount | None
    notice_framework_maximum_value: Amount | None
    results: tuple[Result, ...]
    contracts: tuple[NoticeContract, ...]
    tenders: tuple[Tender, ...]
    winning_tender_ids: tuple[str, ...]
    winner_basis: str | None
    winners: tuple[Winner, ...]
    modification: Modification | None
    changed_notice: str | None
    withheld: tuple[str, ...]
    description: str | None = field(default=None, metadata=UNLISTED)
    places: tuple[str, ...] = field(default=(), metadata=UNLISTED)
    problems: tuple[Problem, ...] = field(default=(), metadata=UNLISTED)
