"""Fields by which a form of another app finds its supplier."""

import pytest
from django.template import engines

from suppliers.forms import SupplierPicker
from suppliers.models import Supplier
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


def picked(**typed):
    form = SupplierPicker(typed)
    assert form.is_valid(), form.errors
    return form


def offered(form):
    return [str(choice.choice_label) for choice in form["supplier"]]


def test_a_chosen_supplier_is_taken(noord, piet):
    form = picked(supplier=noord.pk, supplier_search="")
    assert form.picked(by=piet, at=NOON) == noord


def test_a_whole_number_needs_no_choice(noord, zuid, piet):
    assert picked(supplier_search="9999.0001").picked(by=piet, at=NOON) == noord


def test_a_new_supplier_is_entered_once(noord, piet):
    typed = {"new_name": "Bouw B.V.", "new_kvk": "9999 1234"}
    first = picked(**typed).picked(by=piet, at=NOON)
    assert first.kvk == "99991234"
    assert picked(**typed).picked(by=piet, at=NOON) == first
    known = picked(new_name="Noord", new_kvk=noord.kvk)
    assert known.picked(by=piet, at=NOON) == noord
    assert Supplier.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [{}, {"supplier_search": "lever"}, {"new_name": "Bouw B.V."}, {"new_kvk": "99991234"}],
)
def test_without_a_choice_it_asks_and_offers(typed, noord, zuid):
    form = SupplierPicker(typed)
    assert not form.is_valid()
    assert set(form.errors) == {"supplier"}
    assert len(offered(form)) == (2 if "supplier_search" in typed else 0)


def test_looking_up_is_no_error_yet(noord, zuid):
    form = SupplierPicker({"supplier_search": "noord", "look_up": "1"})
    assert not form.is_valid()
    assert form.errors == {}
    assert offered(form) == ["Leverancier Noord (99990001)"]


def test_what_was_chosen_before_is_offered(noord):
    form = SupplierPicker(initial={"supplier": noord.pk})
    assert offered(form) == ["Leverancier Noord (99990001)"]


def test_a_supplier_of_elsewhere_is_not_to_be_guessed(noord):
    form = SupplierPicker({"supplier": "0", "supplier_search": "x"})
    assert not form.is_valid()


def test_it_shows_itself(noord):
    template = engines["django"].get_template("suppliers/picker.html")
    shown = template.render({"form": SupplierPicker({"supplier_search": "noord"})})
    assert 'name="look_up"' in shown
    assert 'hx-target="#supplier-choices"' in shown
    assert "Leverancier Noord" in shown


def test_who_was_taken_over_is_left_out_and_refused(noord, zuid):
    Supplier.objects.filter(pk=zuid.pk).update(merged_into=noord, merged_on=TODAY)
    looking = SupplierPicker({"supplier_search": "lever", "look_up": "1"})
    assert looking.is_valid() is False
    assert len(offered(looking)) == 1
    for typed in ({"supplier_search": zuid.kvk}, {"supplier": zuid.pk, "supplier_search": ""}):
        form = SupplierPicker(typed)
        assert form.is_valid() is False
        assert noord.name in form.errors["supplier"][0]
    named = SupplierPicker({"new_name": "Zuid", "new_kvk": zuid.kvk})
    assert named.is_valid()
