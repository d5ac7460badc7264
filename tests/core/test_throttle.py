"""How long who guesses must wait (VS-05)."""

import datetime as dt

import pytest

from sroi_portal.core import throttle
from sroi_portal.core.models import SignInFailure
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def fail(times, *, account="sara@example.org", address="192.0.2.1", at=NOON):
    trying = throttle.attempt(account, address)
    for _ in range(times):
        throttle.count(trying, at=at)
    return trying


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (9, 16), (14, 512), (19, 900)],
)
def test_the_wait_doubles_after_five_failures_up_to_a_quarter_of_an_hour(failures, seconds):
    trying = fail(failures)
    assert throttle.wait(trying, at=NOON) == seconds * SECOND


def test_who_waited_may_try_again():
    trying = fail(8)
    assert throttle.wait(trying, at=NOON + 7 * SECOND) == SECOND
    assert throttle.wait(trying, at=NOON + 8 * SECOND) == dt.timedelta()


def test_an_hour_later_nothing_is_remembered():
    trying = fail(30)
    assert throttle.wait(trying, at=NOON + throttle.WINDOW + SECOND) == dt.timedelta()


def test_a_guesser_elsewhere_does_not_shut_out_the_owner_at_once():
    fail(19, address="198.51.100.7")
    owner = throttle.attempt("sara@example.org", "192.0.2.1")
    assert throttle.wait(owner, at=NOON) == dt.timedelta()
    fail(1, address="198.51.100.8")
    assert throttle.wait(owner, at=NOON) == SECOND


def test_who_tries_many_accounts_from_one_address_waits_too():
    for number in range(50):
        fail(1, account=f"guess{number}@example.org")
    other = throttle.attempt("sara@example.org", "192.0.2.1")
    assert throttle.wait(other, at=NOON) == SECOND
    elsewhere = throttle.attempt("sara@example.org", "192.0.2.2")
    assert throttle.wait(elsewhere, at=NOON) == dt.timedelta()


def test_coming_in_forgets_this_account_at_this_address_only():
    trying = fail(5)
    fail(5, address="198.51.100.7")
    fail(5, account="bram@example.org")
    throttle.forget(trying)
    assert throttle.wait(trying, at=NOON) == dt.timedelta()
    assert SignInFailure.objects.count() == 10


def test_neither_account_nor_address_is_stored():
    fail(1)
    stored = SignInFailure.objects.get()
    assert b"sara" not in bytes(stored.email_hash)
    assert len(bytes(stored.email_hash)) == len(bytes(stored.address_hash)) == 32


@pytest.mark.django_db(transaction=True)
def test_two_tries_at_once_are_one_too_many():
    import threading

    from django.db import connection, transaction

    trying = throttle.attempt("sara@example.org", "192.0.2.1")
    waits = []

    def second():
        waits.append(throttle.wait(trying, at=NOON))
        connection.close()

    with transaction.atomic():
        assert throttle.wait(trying, at=NOON) == dt.timedelta()
        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert waits == [throttle.AT_ONCE]
