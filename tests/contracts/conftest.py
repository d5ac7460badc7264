"""What the tests of contracts share."""

import pytest
from django.conf import settings
from django.utils import translation

from contracts import actions, kept_tables
from contracts.models import BaseKind, Regime, ValueTable
from tests.conftest import NOON
from tests.contracts import awarding
from tests.contracts.table_drafts import SETTINGS, address, with_settings


@pytest.fixture
def in_english(client):
    """Read messages and pages as they stand in the source."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def adviser(client, ada):
    """The browser of an adviser."""
    return client.sign_in(ada)


@pytest.fixture
def draft(adviser, table):
    """A second version of the table, copied in the browser."""
    answer = adviser.post(address("copy", table.pk), {"code": table.code, "version": "2"})
    made = ValueTable.objects.get(version="2")
    assert answer.url == address("edit", made.pk)
    return made


@pytest.fixture
def sound(draft, ada):
    """A draft that can be proposed."""
    read = kept_tables.of(draft)
    rows = [row for row in read.rows if row.block.label_nl and row.block.label_en]
    assert len(rows) == len(read.rows)
    typed = SETTINGS | {"revision": draft.revision, "bonuses_count": "all"}
    actions.change_value_table(draft, with_settings(read, typed), by=ada, at=NOON)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def on_turnover(contract, piet, cora):
    """Owes 5 % of what is invoiced in 2026."""
    return awarding.managed(awarding.award(contract, piet, base_kind=BaseKind.TURNOVER), cora)


@pytest.fixture
def tailored(contract, piet, cora):
    """Goals are to be agreed; nothing is owed yet."""
    none = {"base_kind": "", "percentage": None, "reason": ""}
    return awarding.managed(awarding.award(contract, piet, regime=Regime.TAILORED, **none), cora)


@pytest.fixture
def framework(contract, piet):
    return awarding.award(contract, piet, is_framework=True, title="Raamovereenkomst")
