"""One factory a model, dull on purpose: what a test turns on, the test writes."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from candidates.models import Candidate, Placement, WeeklyHours
from contracts import valuation
from contracts.models import (
    Account,
    BaseKind,
    Block,
    Category,
    Contract,
    ContractStatus,
    EvidenceKind,
    Fulfilment,
    LedgerEntry,
    Obligation,
    TableBonus,
    TargetGroup,
    Tender,
    ValueTable,
    ValueTableStatus,
)
from contracts.valuation import codec
from sroi_portal.core.models import Authority, RoleAssignment, User
from suppliers.models import Membership, MembershipRole, Supplier

THEN = dt.datetime(2026, 1, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Persoon {n}")
    email = factory.Sequence(lambda n: f"persoon{n}@example.org")
    password = "no password fits"


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority

    code = factory.Sequence(lambda n: f"A{n}")
    name = factory.Sequence(lambda n: f"Organisatie {n}")


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    authority = factory.SubFactory(AuthorityFactory)
    given_at = THEN


class SupplierFactory(DjangoModelFactory):
    class Meta:
        model = Supplier

    name = factory.Sequence(lambda n: f"Leverancier {n}")
    kvk = factory.Sequence(lambda n: f"9999{n + 1000:04d}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    supplier = factory.SubFactory(SupplierFactory)
    role = MembershipRole.MEMBER
    given_at = THEN


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("code",)

    code = "schoonmaak"
    name_nl = "Schoonmaak"
    name_en = "Cleaning"


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup
        django_get_or_create = ("code",)

    code = "ww"
    label_nl = "WW"
    label_en = "Unemployment benefit"
    privacy_class = "delicate"


class EvidenceKindFactory(DjangoModelFactory):
    class Meta:
        model = EvidenceKind
        django_get_or_create = ("code",)

    code = "hour-statement"
    label_nl = "Urenverklaring"
    label_en = "Statement of hours"
    issuer_nl = "werkgever"
    issuer_en = "employer"
    privacy_class = "ordinary"
    file_allowed = True


class ValueTableFactory(DjangoModelFactory):
    class Meta:
        model = ValueTable

    code = factory.Sequence(lambda n: f"tabel-{n}")
    version = "1"
    publisher = "Gemeente Voorbeeld"
    name = "Bouwblokken Voorbeeld"
    valid_from = dt.date(2020, 1, 1)
    status = ValueTableStatus.PUBLISHED
    published_at = THEN
    terms = factory.LazyAttribute(
        lambda made: codec.encode(
            valuation.Terms(
                publisher=made.publisher,
                table=made.name,
                version=made.version,
                norm_hours=Decimal(36),
            )
        )
    )


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    table = factory.SubFactory(ValueTableFactory)
    code = "ww"
    position = 1
    group = factory.SubFactory(TargetGroupFactory)
    label_nl = "WW"
    label_en = "Unemployment benefit"
    unit = valuation.Unit.FULL_TIME_YEAR
    value_eur = Decimal("20000.00")
    privacy_class = "delicate"
    terms = factory.LazyAttribute(
        lambda made: codec.encode(
            valuation.Block(
                code=made.code, unit=valuation.Unit(made.unit), value_eur=made.value_eur
            )
        )
    )


def value_table(**facts) -> ValueTable:
    """A table of 36 hours with the rows ww (20,000) and p-wet (40,000) and the bonus permanent."""
    table = ValueTableFactory(**facts)
    ww = BlockFactory(table=table)
    ww.evidence_kinds.add(EvidenceKindFactory())
    BlockFactory(
        table=table,
        code="p-wet",
        position=2,
        label_nl="Participatiewet",
        label_en="Participation Act",
        value_eur=Decimal("40000.00"),
        group=TargetGroupFactory(code="p-wet", label_nl="Participatiewet", label_en="P Act"),
    )
    TableBonus.objects.create(
        table=table,
        code="permanent",
        position=1,
        label_nl="vast contract",
        label_en="permanent contract",
        value_eur=Decimal("10000.00"),
        terms=codec.encode(
            valuation.Bonus(
                code="permanent", value_eur=Decimal("10000.00"), conditions=("permanent",)
            )
        ),
    )
    return table


class TenderFactory(DjangoModelFactory):
    class Meta:
        model = Tender

    title = factory.Sequence(lambda n: f"Aanbesteding {n}")


class ContractFactory(DjangoModelFactory):
    """A concept, complete enough to be awarded."""

    class Meta:
        model = Contract

    title = factory.Sequence(lambda n: f"Schoonmaak kantoren {n}")
    reference = factory.Sequence(lambda n: f"C-{n:04d}")
    category = factory.SubFactory(CategoryFactory)
    nature = "services"
    value_eur = Decimal("800000.00")
    awarded_on = dt.date(2025, 12, 1)
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2026, 12, 31)


def active_contract(*, percentage=Decimal("5.00"), **facts) -> Contract:
    """A running contract with its obligation in the ledger, written straight into the tables."""
    facts.setdefault("officer", facts["manager"])
    contract = ContractFactory(
        status=ContractStatus.ACTIVE, accepted_at=THEN, handed_over_at=THEN, **facts
    )
    quantity = (contract.value_eur * percentage / 100).quantize(Decimal("0.01"))
    obligation = Obligation.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        base_kind=BaseKind.CONTRACT_VALUE,
        base=contract.value_eur,
        percentage=percentage,
        quantity=quantity,
        reason="De gewone vijf procent.",
        holds_from=contract.awarded_on,
        decided_by=contract.officer,
        decided_at=THEN,
    )
    entry(contract, Account.OBLIGATION, quantity, source=obligation.uuid)
    Fulfilment.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        obligation_eur=quantity,
        original_eur=quantity,
        owed_eur=quantity,
        stale_since=THEN,
    )
    return contract


def entry(contract, account, quantity, *, source, month=dt.date(2026, 1, 1), **facts):
    """A line of the ledger, posted by nobody."""
    return LedgerEntry.objects.create(
        contract=contract,
        account=account,
        quantity=quantity,
        unit=facts.pop("unit", "eur"),
        month=month,
        source_kind=facts.pop("source_kind", "contracts.obligation"),
        source_uuid=source,
        posting_no=facts.pop("posting_no", 1),
        posted_at=facts.pop("posted_at", THEN),
        **facts,
    )


def candidate(supplier, reference="K-01") -> Candidate:
    person = Candidate(supplier=supplier)
    person.reference = reference
    person.save()
    return person


def placement(contract, block, by, *, reference="K-01", hours=Decimal(36), **facts) -> Placement:
    facts.setdefault("starts_on", dt.date(2026, 1, 1))
    facts.setdefault("contract_form", "temporary")
    if "candidate" not in facts:
        facts["candidate"] = candidate(contract.supplier, reference)
    made = Placement.objects.create(
        supplier=contract.supplier,
        contract=contract,
        block=block,
        entered_by=by,
        entered_at=THEN,
        **facts,
    )
    WeeklyHours.objects.create(
        placement=made,
        supplier=made.supplier,
        holds_from=made.starts_on,
        hours_per_week=hours,
    )
    return made
