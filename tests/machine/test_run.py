"""The supervisor of `make run`: ports, crashes and their reasons."""

import socket
import subprocess
import sys
import time

import pytest

from machine import place, run
from machine.process import Process, stop_all


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SROI_LOCAL", str(tmp_path))


@pytest.fixture
def taken(socket_enabled):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_is_taken_is_passed_over(taken):
    assert run.free_port(taken) > taken


def test_a_wanted_port_that_is_taken_is_refused(taken, monkeypatch):
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(place.MachineError, match=f"Port {taken} is taken"):
        run.wanted_port()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(place.MachineError, match="between 1 and 65535"):
        run.wanted_port()


def wait_until_dead(process):
    process.start()
    for _ in range(100):
        if reason := process.died():
            return reason
        time.sleep(0.05)
    raise AssertionError("it lives")


def test_a_crash_is_shown_with_its_reason():
    process = Process("worker", ["-c", "raise SystemExit('no such table: fact')"], {})
    assert wait_until_dead(process).endswith("worker.log:\nno such table: fact")


def test_a_killed_process_is_shown_as_killed():
    process = Process("worker", ["-c", "import os; os.kill(os.getpid(), 9)"], {})
    assert wait_until_dead(process).startswith("worker was killed by SIGKILL.")


def test_a_process_that_keeps_ending_is_given_up():
    process = Process("worker", ["-c", "raise SystemExit(3)"], {})
    hopeless = []
    for _ in range(3):
        assert "ended with 3" in wait_until_dead(process)
        hopeless.append(process.is_hopeless())
    assert hopeless == [False, False, True]


def test_everything_stops():
    processes = [Process(name, ["-c", "import time; time.sleep(60)"], {}) for name in ("a", "b")]
    for process in processes:
        process.start()
    stop_all(processes)
    assert [process.child.returncode for process in processes] == [-15, -15]


def test_two_runs_in_one_folder_are_one_too_many():
    code = "from machine import run\nwith run.only_here(): pass"
    with run.only_here():
        second = subprocess.run(
            [sys.executable, "-c", code], cwd=place.PROJECT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    assert second.returncode == 1
    assert "runs here already: process" in second.stderr
