"""What the settings accept from the environment, and in which words they refuse."""

import base64
import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from sroi_portal import env

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(range(32, 64))).decode()


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("X", value)


@pytest.mark.parametrize(("value", "read"), [("True", True), ("False", False), ("", False)])
def test_a_flag_is_true_or_false(given, value, read):
    given(value)
    assert env.flag("X", default=False) is read


@pytest.mark.parametrize("value", ["true", "1", "yes", "no", "0", "FALSE"])
def test_a_flag_refuses_anything_else(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="write True or False"):
        env.flag("X", default=True)


@pytest.mark.parametrize("read", [env.text, env.flag, env.number, env.items, env.secret, env.keys])
def test_what_is_missing_is_named(read, monkeypatch):
    monkeypatch.delenv("X", raising=False)
    with pytest.raises(ImproperlyConfigured, match="X is missing"):
        read("X")


def test_a_number_has_digits_only(given):
    given("12")
    assert env.number("X") == 12
    given("-1")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("X", 3)


def test_items_are_trimmed(given):
    given(" a.nl, b.nl,,")
    assert env.items("X", default=["c.nl"]) == ["a.nl", "b.nl"]
    given("")
    assert env.items("X", default=["c.nl", "d.nl"]) == ["c.nl", "d.nl"]


@pytest.mark.parametrize(
    "value", ["short", "django-insecure-" + KEY * 2, "change-me" * 8, "a" * 80]
)
def test_a_default_secret_is_refused_and_not_repeated(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="too easy to guess") as refusal:
        env.secret("X")
    assert value not in str(refusal.value)


def test_the_first_key_comes_first(given):
    given(f"2027:{KEY},2026:{OTHER}")
    assert list(env.keys("X").items()) == [
        ("2027", bytes(range(32))),
        ("2026", bytes(range(32, 64))),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "a:",
        f"a:{KEY[:20]}",
        f"A b:{KEY}",
        f"a:{KEY},a:{OTHER}",
        "a:" + "A" * 43 + "=",
        f"a:{KEY}*",
    ],
)
def test_what_is_no_key_is_refused_and_not_repeated(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.keys("X")
    assert KEY[:20] not in str(refusal.value)


def test_a_demo_stays_on_this_machine(given):
    given("True")
    assert env.demo("X", site_url="http://localhost:8000")
    with pytest.raises(ImproperlyConfigured, match="known passwords"):
        env.demo("X", site_url="https://sroi.example.nl")
    given("False")
    assert not env.demo("X", site_url="https://sroi.example.nl")


def test_the_address_of_the_site_is_https(given):
    given("https://sroi.example.nl/")
    assert env.url("X") == "https://sroi.example.nl"
    given("http://127.0.0.1:8001")
    assert env.url("X") == "http://127.0.0.1:8001"


@pytest.mark.parametrize(
    "value", ["sroi.nl", "http://sroi.example.nl", "https://sroi.nl/x", "ftp://a"]
)
def test_another_address_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="X is"):
        env.url("X")


def test_a_database_by_host(given):
    given("postgres://me:p%40s%2Fs@db.example:5433/sroi?sslmode=require")
    assert env.database("X") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "sroi",
        "USER": "me",
        "PASSWORD": "p@s/s",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_by_socket(given):
    given("postgresql://sroi_login@/sroi?host=/run/postgresql")
    read = env.database("X")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("sqlite:///db", "cannot be read"),
        ("postgresql://me@host/", "cannot be read"),
        ("postgresql://host/sroi", "cannot be read"),
        ("postgresql://me@host/sroi?option=1", "unknown option option"),
        ("postgresql://me:a/b@host:x/sroi", "cannot be read|port"),
        ("postgresql://me@host:99999/sroi", "port"),
    ],
)
def test_another_database_is_refused(given, value, reason):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=reason):
        env.database("X")


@pytest.mark.parametrize(
    ("value", "broker"),
    [
        ("redis://:pw@host:6379/2", "redis://:pw@host:6379/2"),
        ("rediss://host", "rediss://host"),
        ("unix:///run/v.sock?db=3", "redis+socket:///run/v.sock?virtual_host=3"),
        ("unix://:pw@/run/v.sock", "redis+socket://:pw@/run/v.sock?virtual_host=0"),
    ],
)
def test_redis_for_cache_and_broker(given, value, broker):
    given(value)
    assert (env.redis_url("X"), env.broker_url("X")) == (value, broker)


@pytest.mark.parametrize("value", ["amqp://host", "redis://", "unix://", "localhost:6379"])
def test_another_broker_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.broker_url("X")


def test_mail_by_smtp(given):
    given("smtp+tls://me:p%40ss@mail.example:2525")
    assert env.mailer("X", demo=False)["OPTIONS"] == {
        "host": "mail.example",
        "timeout": 20,
        "port": 2525,
        "use_tls": True,
        "username": "me",
        "password": "p@ss",
    }
    given("smtps://mail.example")
    assert env.mailer("X", demo=False)["OPTIONS"] == {
        "host": "mail.example",
        "timeout": 20,
        "port": 465,
        "use_ssl": True,
    }


def test_a_demo_sends_no_mail_and_production_must_say_how(monkeypatch):
    monkeypatch.delenv("X", raising=False)
    assert env.mailer("X", demo=True)["BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(ImproperlyConfigured, match="X is missing"):
        env.mailer("X", demo=False)


def test_another_mailer_is_refused(given):
    given("pigeon://loft")
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.mailer("X", demo=True)


def test_a_time_of_day():
    assert (env.at("01:30").hour, env.at("01:30").minute) == ({1}, {30})


@pytest.mark.parametrize("debug", [True, False])
def test_log_goes_to_standard_error(debug):
    assert env.logging(debug=debug)["root"]["handlers"] == ["stderr"]


def test_reading_leaves_the_environment_alone(given):
    given("True")
    before = dict(os.environ)
    env.flag("X")
    assert dict(os.environ) == before
