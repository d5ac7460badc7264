"""The database refuses what the learning formula never writes."""

import pytest
from django.db import IntegrityError, transaction

from network.models import LearningStep, Reflection
from tests.conftest import NOON
from tests.network import trying
from tests.network.reflecting import step, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("reflection_shared_iff_shared_at", {"status": "shared"}),
        ("reflection_shared_iff_shared_at", {"shared_at": NOON}),
        ("reflection_says_what_changed", {"changed": ""}),
        ("reflection_on_pilot_or_contract", {"contract": None}),
    ],
)
def test_a_reflection_is_refused(contract, ada, cora, name, facts):
    own = written(contract, step(ada), cora)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reflection.objects.filter(pk=own.pk).update(**facts)


def test_a_reflection_is_about_one_place_once(contract, ministry, ada, cora):
    talk = step(ada)
    own, other = written(contract, talk, cora), written(trying.pilot(ministry, ada), talk, cora)
    rows = Reflection.objects.filter(pk=own.pk)
    with (
        pytest.raises(IntegrityError, match="reflection_on_pilot_or_contract"),
        transaction.atomic(),
    ):
        rows.update(pilot=other.pilot)
    with (
        pytest.raises(IntegrityError, match="one_reflection_a_step_and_place"),
        transaction.atomic(),
    ):
        rows.update(pilot=other.pilot, contract=None)


def test_a_step_is_refused(ada):
    talk, other = step(ada), step(ada, title_nl="Iets anders")
    rows = LearningStep.objects.filter(pk=other.pk)
    with (
        pytest.raises(IntegrityError, match="one_learning_step_a_role_and_title"),
        transaction.atomic(),
    ):
        rows.update(title_nl=talk.title_nl)
    with (
        pytest.raises(IntegrityError, match="learning_step_retired_by_iff_retired_at"),
        transaction.atomic(),
    ):
        rows.update(retired_at=NOON)
