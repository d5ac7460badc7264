"""The library of clauses: two advisers, versions, copies that stay as they were."""

import pytest
from django.core.exceptions import ValidationError

from contracts import actions as contract_actions
from contracts.actions import clauses
from contracts.models import Clause, ClauseStatus
from contracts.rules import talking as rules
from sroi_portal.core.models import AuditEvent, RoleName
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON
from tests.contracts import talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FACTS = {
    "kind": "clause",
    "title_nl": "Onderaanneming",
    "title_en": "Subcontracting",
    "text_nl": "De opdrachtnemer werkt samen met sociale ondernemingen.",
    "text_en": "The contractor works together with social enterprises.",
    "legal_form": "condition",
}


@pytest.fixture
def ida(ministry):
    """Advises too."""
    person = factories.UserFactory(name="Ida", email="ida@example.org")
    given = {"user": person, "authority": ministry, "role": RoleName.ADVISER}
    factories.RoleAssignmentFactory(**given)
    return person


@pytest.fixture
def clause(ada, ida):
    return published(ada, ida)


@pytest.fixture
def tender(ministry, piet):
    return talking.tender_of(ministry, piet)


def published(ada, ida, **facts):
    drafted = clauses.draft_clause("partners", FACTS | facts, by=ada, at=NOON)
    clauses.propose_clause(drafted, by=ada, at=NOON)
    clauses.approve_clause(drafted, by=ida, at=NOON)
    drafted.refresh_from_db()
    return drafted


def take(tender, clause, piet, **facts):
    return clauses.take_clause(tender, clause, {"language": "nl"} | facts, by=piet, at=NOON)


def test_one_adviser_proposes_and_another_publishes(ada, ida):
    drafted = clauses.draft_clause("partners", FACTS, by=ada, at=NOON)
    clauses.propose_clause(drafted, by=ada, at=NOON)
    drafted.refresh_from_db()
    assert rules.may_approve_clause(ida, drafted)
    assert not rules.may_approve_clause(ada, drafted)
    with pytest.raises(clauses.ClauseStandsError, match="Somebody else"):
        clauses.approve_clause(drafted, by=ada, at=NOON)
    seen = drafted.revision
    clauses.return_clause(drafted, by=ida, at=NOON, reason="Te lang.")
    clauses.change_clause(drafted, {"text_nl": "Korter."}, by=ada, at=NOON)
    clauses.propose_clause(drafted, by=ada, at=NOON)
    with pytest.raises(ChangedMeanwhileError):
        clauses.approve_clause(drafted, by=ida, at=NOON, revision=seen)
    clauses.return_clause(drafted, by=ida, at=NOON, reason="Nog korter.")
    drafted.refresh_from_db()
    assert (drafted.status, drafted.proposed_by, str(drafted)) == ("draft", None, "Subcontracting")


def test_only_a_draft_changes(ada, clause):
    other = clauses.draft_clause("ander", FACTS, by=ada, at=NOON)
    clauses.change_clause(other, FACTS, by=ada, at=NOON)
    clauses.change_clause(other, {"note": "Bij diensten."}, by=ada, at=NOON, revision=1)
    assert AuditEvent.objects.get(verb="change_clause").changed == ["note"]
    with pytest.raises(ChangedMeanwhileError):
        clauses.change_clause(other, FACTS, by=ada, at=NOON, revision=1)
    with pytest.raises(clauses.ClauseStandsError, match="Only a draft"):
        clauses.change_clause(clause, FACTS, by=ada, at=NOON)


def test_a_next_version_replaces_and_a_tender_keeps_what_it_copied(tender, clause, ada, ida, piet):
    copied = take(tender, clause, piet)
    assert (copied.title, copied.text, str(copied)) == (
        FACTS["title_nl"],
        FACTS["text_nl"],
        FACTS["title_nl"],
    )
    assert clauses.newer(copied) is None
    following = clauses.copy_clause(clause, by=ada, at=NOON)
    assert clauses.copy_clause(clause, by=ada, at=NOON) == following
    clauses.change_clause(following, {"text_nl": "Anders."}, by=ada, at=NOON)
    clauses.propose_clause(following, by=ada, at=NOON)
    clauses.approve_clause(following, by=ida, at=NOON)
    clause.refresh_from_db()
    copied.refresh_from_db()
    assert (clause.status, following.version) == (ClauseStatus.SUPERSEDED, 2)
    assert (copied.text, clauses.newer(copied)) == (FACTS["text_nl"], following)
    with pytest.raises(clauses.ClauseStandsError, match="Only a published"):
        take(tender, clause, piet, language="en")
    clauses.draft_clause("partners", FACTS, by=ada, at=NOON)
    with pytest.raises(ValidationError):
        clauses.draft_clause("partners", FACTS, by=ada, at=NOON)


def test_a_text_stands_in_a_tender_once_until_it_is_taken_out(tender, clause, piet):
    copied = take(tender, clause, piet, language="en")
    assert copied.text == FACTS["text_en"]
    with pytest.raises(ValidationError):
        take(tender, clause, piet, language="en")
    for _twice in range(2):
        clauses.remove_clause(copied, by=piet, at=NOON)
    assert AuditEvent.objects.filter(verb="remove_clause").count() == 1
    again = take(tender, clause, piet, language="en")
    contract_actions.change_tender(tender, {"status": "awarded"}, by=piet, at=NOON)
    with pytest.raises(clauses.ClauseStandsError, match="awarded"):
        clauses.remove_clause(again, by=piet, at=NOON)


def test_a_withdrawn_text_is_not_published_again(clause, ada):
    clauses.withdraw_clause(clause, by=ada, at=NOON, reason="De wet is veranderd.")
    with pytest.raises(IllegalMoveError):
        clauses.withdraw_clause(clause, by=ada, at=NOON, reason="Nog eens.")


def test_who_sees_which_texts(clause, ada, piet, sara):
    drafted = clauses.draft_clause("ander", FACTS, by=ada, at=NOON)
    seen = [set(Clause.objects.visible_to(person)) for person in (ada, piet, sara)]
    assert seen == [{clause, drafted}, {clause}, set()]
    assert list(Clause.objects.matching("sociale ondernemingen").published()) == [clause]
