"""Columns that more than one list has as a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import LedgerUnit
from sroi_portal.core.table_files import Column, words_of


def _units() -> dict[str, str]:
    return {**words_of(LedgerUnit)(), LedgerUnit.OWN.value: _("goals")}


IN_ITS_UNIT = (  # of a contract that is steered by something else than euros
    Column(gettext_lazy("Unit"), "fulfilment__own_unit", _units),
    Column(gettext_lazy("Owed in this unit"), "fulfilment__own_owed"),
    Column(gettext_lazy("Fulfilled in this unit"), "fulfilment__own_done"),
)
