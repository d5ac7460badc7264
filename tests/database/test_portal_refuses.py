"""The database refuses what the supplier's portal never writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from contracts.models import Delegation, PeriodStatement
from sroi_portal.core.models import (
    Announcement,
    Dismissal,
    FormDraft,
    HelpDesk,
    HelpQuestion,
    NoticeChoice,
    WaitingNotice,
)
from tests.conftest import NOON, TODAY
from tests.database.conftest import HASH, YESTERDAY, another

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)


@pytest.fixture
def a_statement(contract, sara):
    return PeriodStatement.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        starts_on=FIRST,
        ends_on=LAST,
        due_on=dt.date(2026, 4, 14),
        signed_by=sara,
        signed_at=NOON,
        signer_name="Sara",
        signer_role="member",
        sha256=HASH,
    )


@pytest.fixture
def an_administrator(noor):
    return noor.memberships.get()


@pytest.fixture
def a_delegation(contract, sara, noor):
    return Delegation.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        user=sara,
        named_by=noor,
        named_at=NOON,
    )


@pytest.fixture
def a_choice(sara):
    return NoticeChoice.objects.create(user=sara, kind="reminder", way="weekly")


@pytest.fixture
def a_waiting_notice(sara):
    return WaitingNotice.objects.create(user=sara, kind="contract", subject="Iets", written_at=NOON)


@pytest.fixture
def a_draft(sara):
    draft = FormDraft(user=sara, address="/x/", saved_at=NOON)
    draft.fields = {"title": ["Iets"]}
    draft.save()
    return draft


@pytest.fixture
def an_announcement(ministry, adam):
    return Announcement.objects.create(
        authority=ministry,
        text_nl="Onderhoud",
        text_en="Maintenance",
        starts_on=TODAY,
        ends_on=TODAY,
        written_by=adam,
        written_at=NOON,
    )


@pytest.fixture
def a_dismissal(an_announcement, sara):
    return Dismissal.objects.create(announcement=an_announcement, user=sara, dismissed_at=NOON)


@pytest.fixture
def a_desk(ministry):
    return HelpDesk.objects.create(authority=ministry, name="Hulp", email="hulp@example.org")


@pytest.fixture
def a_question(ministry, sara):
    return HelpQuestion.objects.create(authority=ministry, asked_by=sara, asked_at=NOON)


BEFORE = {"starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2025, 3, 31), "version": 2}
REFUSED = {
    "statement_ends_after_start": ("a_statement", BEFORE | {"ends_on": dt.date(2024, 1, 1)}),
    "statement_is_due_after_its_period": ("a_statement", BEFORE | {"due_on": BEFORE["ends_on"]}),
    "statement_has_a_signer": ("a_statement", BEFORE | {"signer_name": ""}),
    "one_statement_a_version": ("a_statement", {"status": "withdrawn"}),
    "standing_statements_never_overlap": ("a_statement", {"version": 2}),
    "administrator_enters_and_signs": ("an_administrator", {"ended_at": NOON, "may_sign": False}),
    "one_delegation_a_person": ("a_delegation", {}),
    "one_choice_a_kind_of_notice": ("a_choice", {}),
    "waiting_notice_names_its_object_whole": ("a_waiting_notice", {"object_kind": "core.user"}),
    "one_draft_a_form": ("a_draft", {}),
    "announcement_ends_after_start": ("an_announcement", {"ends_on": YESTERDAY}),
    "announcement_has_both_languages": ("an_announcement", {"text_en": ""}),
    "one_dismissal_a_person": ("a_dismissal", {}),
    "help_desk_has_an_address": ("a_desk", {"email": ""}),
    "question_answered_by_iff_answered_at": ("a_question", {"answered_at": NOON}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_itself_refuses(name, request):
    row_name, changes = REFUSED[name]
    row = request.getfixturevalue(row_name)
    if name == "administrator_enters_and_signs":
        changes = changes | {"ended_by": row.user}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(row, changes)
