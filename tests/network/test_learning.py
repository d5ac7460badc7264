"""The learning formula: steps that advisers keep, and words that are one's own until shared."""

import pytest
from django.core.exceptions import ValidationError

from network import actions, reflecting, rules, tasks
from network.models import LearnerRole, Reflection, ReflectionStatus
from sroi_portal.core import history, sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON
from tests.network import trying
from tests.network.reflecting import shared, step, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk(ada):
    return step(ada)


@pytest.fixture
def pilot(ministry, ada):
    return trying.pilot(ministry, ada, category=factories.CategoryFactory())


@pytest.fixture
def people(cora, olga, otto, vera):
    return cora, olga, otto, vera


def _numbers(wanted=None):
    """Give by step how many people shared something, and for how many something changed."""
    return [
        (line.step, line.people_count, line.changed_count, line.latest)
        for _role, lines in reflecting.overview(wanted or {})
        for line in lines
    ]


def test_an_adviser_keeps_the_steps_of_the_formula(talk, ada, cora, contract):
    """R-401: a retired step keeps what was written about it, and gets nothing new."""
    with pytest.raises(ValidationError, match="title already"):
        step(ada)
    assert str(step(ada, role="officer")) == "Talk before the tender is there"
    changed = actions.change_learning_step(talk, {"title_en": "Talk first"}, by=ada, at=NOON)
    again = actions.change_learning_step(talk, {"title_en": "Talk first"}, by=ada, at=NOON)
    assert (str(again), again.revision) == ("Talk first", changed.revision)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_learning_step(talk, {}, by=ada, at=NOON, revision=1)
    kept = shared(contract, talk, cora)
    for _twice in range(2):
        actions.retire_learning_step(talk, by=ada, at=NOON)
    assert _numbers()[-1] == (talk, 1, 1, kept)
    actions.take_back_reflection(kept, by=cora, at=NOON)
    assert talk not in [line[0] for line in _numbers()]
    with pytest.raises(actions.StepRetiredError):
        written(contract, talk, ada)
    for _twice in range(2):
        actions.restore_learning_step(talk, by=ada, at=NOON)
    assert [each.sentence for each in history.of([talk])][:2] == [
        "Step offered again",
        "Step retired",
    ]


def test_only_advisers_keep_the_steps(ada, cora, sara):
    assert [one for one in (ada, cora, sara) if rules.may_add_learning_step(one)] == [ada]


def test_words_are_for_the_writer_alone_until_they_are_shared(talk, contract, cora, olga, ada):
    """R-402: neither a colleague nor an adviser reads a draft, also not in the database."""
    own = written(contract, talk, cora)
    assert (own.status, own.category) == (ReflectionStatus.DRAFT, contract.category)
    for one in (olga, ada):
        assert not Reflection.objects.visible_to(one).exists()
        with acting_as(DatabaseRole.WEB, sight.of(one)):
            assert not Reflection.objects.exists()
    with acting_as(DatabaseRole.WEB, sight.of(cora)):
        assert list(Reflection.objects.all()) == [own]
    assert _numbers() == [(talk, 0, 0, None)]
    actions.share_reflection(own, by=cora, at=NOON)
    with acting_as(DatabaseRole.WEB, sight.of(olga)):
        assert list(Reflection.objects.visible_to(olga)) == [own]
    assert list(Reflection.objects.shared()) == [own]


def test_what_is_shared_is_taken_back_before_it_is_changed(talk, contract, cora, olga):
    own = shared(contract, talk, cora)
    with pytest.raises(actions.ReflectionSharedError):
        actions.change_reflection(own, {"did": "Iets anders."}, by=cora, at=NOON)
    with pytest.raises(actions.ReflectionSharedError):
        actions.remove_reflection(own, by=cora, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.share_reflection(own, by=cora, at=NOON)
    assert rules.may_take_back_reflection(cora, own)
    assert not rules.may_take_back_reflection(olga, own)
    assert not rules.may_change_reflection(cora, own)
    actions.take_back_reflection(own, by=cora, at=NOON)
    own.refresh_from_db()
    assert (own.shared_at, rules.may_share_reflection(cora, own)) == (None, True)
    assert not rules.may_remove_reflection(olga, own)
    changed = actions.change_reflection(own, {"did": "Iets anders."}, by=cora, at=NOON)
    same = actions.change_reflection(own, {"did": "Iets anders."}, by=cora, at=NOON)
    assert changed.revision == same.revision
    with pytest.raises(ChangedMeanwhileError):
        actions.change_reflection(own, {}, by=cora, at=NOON, revision=1)
    with pytest.raises(ValidationError, match="what changed"):
        actions.change_reflection(own, {"changed": ""}, by=cora, at=NOON)
    actions.remove_reflection(own, by=cora, at=NOON)
    assert not Reflection.objects.exists()


def test_a_draft_goes_with_the_account(talk, contract, pilot, cora, olga):
    """R-456: what was shared stays, and so do drafts of who works on."""
    kept = [shared(pilot, talk, cora), written(contract, talk, olga)]
    written(contract, talk, cora)
    assert actions.remove_ended_drafts(at=NOON) == 0
    User.objects.filter(pk=cora.pk).update(is_active=False)
    tasks.tidy_people()
    assert set(Reflection.objects.all()) == set(kept)


def test_somebody_writes_once_about_a_step_on_a_place(talk, contract, pilot, cora, olga):
    written(contract, talk, cora)
    written(contract, talk, olga)
    written(pilot, talk, cora)
    with pytest.raises(ValidationError, match="already"):
        written(contract, talk, cora)
    assert not reflecting.steps_left(cora, contract).exists()
    assert not reflecting.steps_left(cora, pilot).exists()
    assert list(reflecting.steps_left(olga, pilot)) == [talk]


def test_each_role_writes_where_it_works(contract, pilot, ministry, people):
    """R-403, of officials."""
    cora, olga, otto, vera = people
    manager, policy = [LearnerRole.MANAGER], [LearnerRole.POLICY_MAKER]
    roles = {one.name: reflecting.roles_at(one, contract) for one in (cora, olga, otto, vera)}
    assert roles == {"Cora": manager, "Olga": manager, "Otto": [], "Vera": policy}
    assert reflecting.roles_at(otto, pilot) == manager
    reader = factories.UserFactory(name="Rik")
    factories.RoleAssignmentFactory(user=reader, authority=ministry, role="auditor")
    assert not rules.may_write_reflection(reader, contract)
    assert list(reflecting.contracts_near(cora, "")) == [contract]
    assert list(reflecting.contracts_near(olga, "")) == []
    assert list(reflecting.contracts_near(olga, contract.title[:5])) == [contract]
    assert list(reflecting.contracts_near(otto, contract.title[:5])) == []


def test_a_supplier_writes_on_its_own_contracts_and_pilots(contract, pilot, sara, bram, zuid, ada):
    """R-403, of suppliers."""
    supplier = [LearnerRole.SUPPLIER]
    assert [reflecting.roles_at(one, contract) for one in (sara, bram)] == [supplier, []]
    assert [reflecting.roles_at(one, pilot) for one in (sara, bram)] == [[], []]
    trying.add_place(pilot, contract, by=ada)
    actions.add_partner(pilot, {"supplier": zuid}, by=ada, at=NOON)
    assert [reflecting.roles_at(one, pilot) for one in (sara, bram)] == [supplier, supplier]
    assert list(reflecting.pilots_near(sara, "schoonmaken")) == [pilot]
    assert list(reflecting.pilots_near(sara, "zzz")) == []
    assert list(reflecting.pilots_near(ada, "")) == [pilot]
    assert list(reflecting.contracts_near(sara, "")) == [contract]
    assert not reflecting.steps_left(sara, contract).exists()


def test_the_overview_counts_people_and_what_changed(talk, contract, pilot, people, ada, bert):
    """R-404."""
    cora, olga, _otto, _vera = people
    on_contract = shared(contract, talk, cora)
    on_pilot = shared(pilot, talk, cora, effect="too_early", changed="")
    shared(pilot, talk, olga)
    advise = step(ada, role="adviser", title_nl="Vraag door")
    shared(pilot, advise, bert, effect="unchanged", changed="")
    newest = Reflection.objects.order_by("-pk")
    assert [line[:3] for line in _numbers()] == [(talk, 2, 2), (advise, 1, 0)]
    assert _numbers()[0][3] == newest[1]
    assert _numbers({"role": "manager", "place": "contract"}) == [(talk, 1, 1, on_contract)]
    elsewhere = factories.CategoryFactory(code="elders")
    assert _numbers({"category": elsewhere, "role": "manager"})[0][1:] == (0, 0, None)
    assert _numbers({"category": pilot.category})[0][1] == 2
    assert _numbers({"since": NOON.date().replace(year=2027)})[0][1:] == (0, 0, None)
    assert on_pilot in Reflection.objects.shared()


def test_a_place_that_is_not_seen_is_not_named(talk, contract, pilot, cora, otto):
    rows = [shared(contract, talk, cora), shared(pilot, talk, cora)]
    assert reflecting.places_seen(rows, cora) == {rows[0].pk: contract, rows[1].pk: pilot}
    assert reflecting.places_seen(rows, otto) == {rows[1].pk: pilot}
