"""What stands in the files beside the code: settings, locks, containers."""

import re
import shutil
import subprocess

import pytest
import yaml

from machine import locks, place


def test_the_example_lists_what_the_settings_read():
    settings = (place.PROJECT / "sroi_portal" / "settings.py").read_text()
    read = set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z_]+)"', settings))
    example = (place.PROJECT / ".env.example").read_text()
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == read


def test_the_example_holds_no_secret():
    example = (place.PROJECT / ".env.example").read_text()
    assert re.findall(r"^(SECRET_KEY|FIELD_KEYS|HASH_KEY)=.+", example, re.MULTILINE) == []


def test_the_locks_are_up_to_date():
    assert locks.check() == 0


def test_a_stale_lock_is_named(tmp_path, capsys):
    shutil.copy(place.PROJECT / "requirements.txt", tmp_path)
    (tmp_path / "requirements-dev.txt").write_text("# old\n")
    assert locks.check(tmp_path) == 1
    assert capsys.readouterr().err.startswith("requirements-dev.txt is older")


@pytest.mark.parametrize("name", locks.LOCKS)
def test_a_lock_has_hashes_and_no_address(name):
    text = (place.PROJECT / name).read_text()
    packages = re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+.*$", text, re.MULTILINE)
    assert len(packages) > 30
    assert all(line.endswith("\\") for line in packages)
    assert "://" not in text


def test_both_locks_name_the_same_versions():
    runtime, everything = (
        set(re.findall(r"^([a-z0-9-]+==[^ ]+)", (place.PROJECT / name).read_text(), re.MULTILINE))
        for name in locks.LOCKS
    )
    assert runtime <= everything


@pytest.mark.parametrize("script", ["machine/install.sh", ".ci/run"])
def test_a_script_is_readable_to_the_shell(script):
    assert subprocess.run(["bash", "-n", place.PROJECT / script], check=False).returncode == 0


def test_help_names_every_target():
    text = (place.PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    shown = subprocess.check_output(["make", "help"], cwd=place.PROJECT, text=True)
    assert set(re.findall(r"^make ([a-z]+)", shown, re.MULTILINE)) == targets
    assert targets >= {"help", "run", "test", "seed", "fix", "check", "quick", "bench"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((place.PROJECT / "docker-compose.yml").read_text())


def test_compose_starts_the_same_processes(compose):
    assert set(compose["services"]) == {"web", "worker", "beat", "migrate", "postgres", "valkey"}


def test_every_container_that_stays_says_whether_it_is_well(compose):
    staying = {name: one for name, one in compose["services"].items() if name != "migrate"}
    assert [name for name, one in staying.items() if "healthcheck" not in one] == []


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_process_waits_for_what_it_needs(compose, name):
    conditions = {
        key: one["condition"] for key, one in compose["services"][name]["depends_on"].items()
    }
    assert conditions == {
        "migrate": "service_completed_successfully",
        "postgres": "service_healthy",
        "valkey": "service_healthy",
    }


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_a_container_is_read_only_and_may_do_little(compose, name):
    one = compose["services"][name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]


def test_only_the_migration_knows_the_owner(compose):
    knowing = {
        name
        for name, one in compose["services"].items()
        if "DATABASE_OWNER_URL" in one.get("environment", {})
    }
    assert knowing == {"migrate"}


def test_data_stand_on_named_volumes(compose):
    assert set(compose["volumes"]) == {"database", "broker", "files"}


def test_no_secret_stands_in_a_container_file(compose):
    secret = re.compile(r"(KEY|KEYS|PASSWORD)$")
    values = {
        name: value
        for one in compose["services"].values()
        for name, value in one.get("environment", {}).items()
        if secret.search(name)
    }
    assert values
    assert [name for name, value in values.items() if not value.startswith("${")] == []
    assert not re.search(r"ENV\s+\S*(KEY|PASSWORD)", (place.PROJECT / "Dockerfile").read_text())


def test_the_image_runs_as_nobody_special():
    text = (place.PROJECT / "Dockerfile").read_text()
    stages = re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]
    assert {stage.split()[0] for stage in stages} <= {"debian:trixie-slim", "base"}
    for stage in stages:
        if re.search(r"AS (portal|postgres|valkey)$", stage.splitlines()[0]):
            assert re.findall(r"^USER (\S+)", stage, re.MULTILINE)
