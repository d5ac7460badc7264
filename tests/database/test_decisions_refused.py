"""The database itself refuses decisions by the wrong person, and waiting without a date."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Share
from tests.conftest import NOON, TODAY

REJECTED = {"rejected_at": NOON, "rejected_by": "olga", "object_until": TODAY}
OBJECTED = REJECTED | {"objected_at": NOON, "objected_by": "sara"}
DECIDED = {"decided_at": NOON, "decided_by": "olga"}
VERIFIED = {"verified_at": NOON, "verified_by": "olga"}

REFUSED = [
    ("rejected_by_iff_rejected_at", {"rejected_at": NOON}),
    ("rejected_by_iff_rejected_at", REJECTED | {"object_until": None}),
    ("objected_by_iff_objected_at", REJECTED | {"objected_at": NOON}),
    ("objected_by_iff_objected_at", {"objected_at": NOON, "objected_by": "sara"}),
    ("objection_has_a_moment", REJECTED | {"status": "objected"}),
    ("objection_has_a_moment", REJECTED | {"status": "upheld"}),
    ("one_objection_a_share", {"status": "rejected"}),
    ("one_objection_a_share", OBJECTED | {"status": "rejected"}),
    ("another_decides_on_an_objection", OBJECTED | DECIDED | {"status": "upheld"}),
    ("another_decides_on_an_objection", OBJECTED | VERIFIED | {"status": "verified"}),
    ("what_waits_has_a_date", {"due_on": None}),
]


@pytest.mark.parametrize(("constraint", "said"), REFUSED)
def test_the_database_itself_refuses_this_decision(constraint, said, a_share, request, olga):
    changes = {
        name: request.getfixturevalue(value) if name.endswith("_by") else value
        for name, value in said.items()
    }
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Share.objects.filter(pk=a_share.pk).update(**changes)
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_the_database_itself_lets_another_decide(a_share, olga, otto, sara):
    Share.objects.filter(pk=a_share.pk).update(
        status="upheld",
        rejected_at=NOON,
        rejected_by=olga,
        object_until=TODAY + dt.timedelta(days=14),
        objected_at=NOON,
        objected_by=sara,
        decided_at=NOON,
        decided_by=otto,
    )
