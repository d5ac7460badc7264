"""PostgreSQL and Valkey of this machine: they come back, and keep what was written."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from machine import keys, place, server, services


@pytest.fixture
def call(tmp_path):
    """Call the servers' command for a folder of its own, deeper than a socket's name may be."""
    folder = tmp_path / ("deep" * 20) / "local"
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment |= {"SROI_LOCAL": str(folder), "SROI_THROWAWAY": "1"}

    def command(verb):
        return subprocess.check_output(
            [sys.executable, "-m", "machine.services", verb],
            cwd=place.PROJECT,
            env=environment,
            text=True,
        )

    yield command
    command("remove")
    shutil.rmtree(folder, ignore_errors=True)


def values(printed):
    pairs = (line.split("=", 1) for line in printed.splitlines())
    return {name: value.strip("'") for name, value in pairs}


def processes(printed):
    return {line.split(":")[0]: int(line.split()[-1]) for line in printed.splitlines()}


def kill_with_children(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for one in (pid, *map(int, children)):
        os.kill(one, signal.SIGKILL)


@pytest.mark.slow
def test_servers_come_back_after_a_crash_with_what_was_written(call):
    call("start")
    url = values(call("env"))["DATABASE_OWNER_URL"]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE fact AS SELECT 42 AS answer")
    before = processes(call("status"))
    for pid in before.values():
        kill_with_children(pid)

    call("start")

    after = processes(call("status"))
    assert set(before.values()).isdisjoint(after.values())
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT answer FROM fact").fetchone() == (42,)


@pytest.mark.slow
def test_the_login_role_may_do_nothing_until_it_acts(call):
    call("start")
    printed = values(call("env"))
    with psycopg.connect(printed["DATABASE_OWNER_URL"]) as owner:
        owner.execute("CREATE TABLE fact AS SELECT 42 AS answer")
        owner.execute("GRANT SELECT ON fact TO sroi_web")
    with psycopg.connect(printed["DATABASE_URL"], autocommit=True) as login:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("SELECT answer FROM fact")
        with login.transaction():
            login.execute("SET LOCAL ROLE sroi_web")
            assert login.execute("SELECT answer FROM fact").fetchone() == (42,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("SET ROLE sroi_owner")
        flags = login.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sroi%' AND (rolsuper OR rolbypassrls)"
        )
        assert flags.fetchall() == []


@pytest.mark.slow
def test_starting_twice_starts_once(call):
    call("start")
    once = call("status")
    call("start")
    assert call("status") == once


def test_a_server_of_somebody_else_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("SROI_LOCAL", str(tmp_path))
    theirs = {"DATABASE_URL": "postgresql://me@db/sroi", "REDIS_URL": "redis://host"}
    assert services.ours(theirs) == []
    read = services.environment(theirs)
    assert (read["DATABASE_URL"], read["REDIS_URL"]) == tuple(theirs.values())


def test_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("SROI_LOCAL", str(tmp_path))
    theirs = {"DATABASE_URL": "postgresql://me@db/x", "REDIS_URL": "redis://host", "DEMO": "False"}
    assert services.environment(theirs)["DEMO"] == "False"


def test_only_a_throw_away_folder_is_removed(monkeypatch):
    monkeypatch.delenv("SROI_THROWAWAY", raising=False)
    with pytest.raises(place.MachineError, match="throw-away"):
        services.remove()


def test_secrets_are_made_once_and_read_by_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setenv("SROI_LOCAL", str(tmp_path))
    first = keys.local_values()
    assert keys.local_values() == first
    assert (tmp_path / "env").stat().st_mode & 0o077 == 0
    lines = (tmp_path / "env").read_text().splitlines(keepends=True)
    (tmp_path / "env").write_text(lines[0])
    again = keys.local_values()
    assert again["SECRET_KEY"] == first["SECRET_KEY"]
    assert again["FIELD_KEYS"] != first["FIELD_KEYS"]


def test_the_end_of_a_log_is_short(tmp_path, monkeypatch):
    monkeypatch.setenv("SROI_LOCAL", str(tmp_path))
    place.log("web").write_text("".join(f"line {n}\n" for n in range(5000)))
    assert server.tail("web", 2) == "line 4998\nline 4999"
    assert server.tail("never") == ""
