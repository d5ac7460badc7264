"""What must hold before a change goes in: `python -m machine.checks check|test|quick|bench|soak`.

Runs on servers of its own, in a folder that is removed afterwards, beside a running `make run`.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from machine import place
from machine.place import PROJECT, MachineError

THROWAWAY = {"SROI_LOCAL": ".local/test", "SROI_THROWAWAY": "1"}
PRODUCTION = {
    "DEBUG": "False",
    "DEMO": "False",
    "SITE_URL": "https://sroi.example.nl",
    "ALLOWED_HOSTS": "sroi.example.nl",
    "EMAIL_URL": "smtp+tls://mail.example.nl",
}
WORKERS = (  # one more than the cores of a build server: tests wait for disks and browsers too
    *("-n", "3"),
    *("--dist", "loadfile", "--no-loadscope-reorder"),  # a file to a worker, as conftest sorts them
)
ALL_OF_IT = (
    "contracts/valuation/*,contracts/ledger.py,*/actions.py,*/actions/*,*/rules.py,*/rules/*"
)

CHECK = {
    "locks": ["machine.locks", "check"],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "imports": ["importlinter.cli"],
    "types": ["mypy", "."],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "migrations": ["manage", "makemigrations", "--check", "--dry-run"],
    "deployment": ["manage", "check", "--deploy", "--fail-level", "WARNING"],
}
TEST = {
    "forget coverage": ["coverage", "erase"],
    "tests": ["coverage", "run", "-m", "pytest", *WORKERS],
    "gather coverage": ["coverage", "combine", "--quiet"],
    "coverage": ["coverage", "report"],
    "coverage of rules and verbs": ["coverage", "report", f"--include={ALL_OF_IT}", "--fail-under=100"],
}  # fmt: skip
LONGER = {"LONG_ROWS": "1000"}  # of the long tables in reports, in a soak
QUICK = {"tests": ["pytest", *WORKERS, "-m", "not slow"]}
PLANS = {
    "check": CHECK,
    "quick": QUICK,
    "test": CHECK | TEST,
    "bench": {"measurements": ["benchmarks"]},
    "soak": {
        "workers killed": ["tests.soak"],
        "files sent": [
            "pytest",
            "-n",
            "0",
            "tests/test_hostile_uploads.py",
            "--hypothesis-profile=soak",
        ],
        "long reports": ["pytest", "-n", "0", "tests/reports/test_long_reports.py"],
        "cases searched": [
            "pytest",
            "-n",
            "3",
            "-m",
            "hypothesis",
            "--hypothesis-profile=soak",
            "--hypothesis-show-statistics",
        ],
    },
}


def command(step: list[str]) -> list[str]:
    if step[0] == "manage":
        return [sys.executable, "manage.py", *step[1:]]
    if step[0] == "importlinter.cli":
        return [str(Path(sys.executable).with_name("lint-imports"))]
    return [sys.executable, "-m", *step]


def run_step(step: list[str], environment: Mapping[str, str]) -> tuple[bool, str]:
    """Run one step, show what it says, and return whether it passed and its closing line."""
    closing = ""
    with subprocess.Popen(
        command(step),
        cwd=PROJECT,
        env={**environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip(" =\n") or closing
    return process.returncode == 0, closing


def run_plan(plan: Mapping[str, list[str]], environment: Mapping[str, str]) -> int:
    """Run every step, also after one that fails, and sum up."""
    results = []
    for name, step in plan.items():
        begun = time.monotonic()
        passed, closing = run_step(step, environment)
        results.append((name, passed, time.monotonic() - begun, closing))
        print(f"{'passed' if passed else 'FAILED'}: {name}", flush=True)
    print("\n" + "\n".join(
        f"{'passed' if passed else 'FAILED'}  {seconds:5.0f} s  {name}"
        for name, passed, seconds, _ in results
    ))  # fmt: skip
    for name, _, _, closing in results:
        if name == "tests":
            print(f"pytest: {closing}")
    return 0 if all(passed for _, passed, _, _ in results) else 1


@contextmanager
def own_servers() -> Iterator[None]:
    """Give the run its own PostgreSQL and Valkey, where the environment names none.

    :raises MachineError: the checks run in this folder already.
    """
    with (place.local() / "checks.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise MachineError("The checks run in this folder already.") from None
        subprocess_of_services("remove", check=False)  # what a run that was killed left
        subprocess_of_services("start")
        try:
            yield
        finally:
            subprocess_of_services("remove", check=False)
            shutil.rmtree(PROJECT / THROWAWAY["SROI_LOCAL"], ignore_errors=True)


def subprocess_of_services(verb: str, *, check: bool = True) -> None:
    """Call the servers' own command, for the throw-away folder.

    :raises MachineError: the servers do not start.
    """
    command = [sys.executable, "-m", "machine.services", verb]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **THROWAWAY}, check=False)
    if check and done.returncode:
        raise MachineError("The servers of the tests do not start.")


def environment() -> dict[str, str]:
    command = [sys.executable, "-m", "machine.services", "env"]
    given = {**os.environ, **THROWAWAY}
    printed = subprocess.check_output(command, cwd=PROJECT, env=given, text=True)
    return (
        given
        | dict(line.split("=", 1) for line in printed.replace("'", "").splitlines())
        | PRODUCTION
    )


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PLANS:
        print(f"Usage: python -m machine.checks {'|'.join(PLANS)}", file=sys.stderr)
        return 2
    try:
        with own_servers():
            longer = LONGER if arguments[0] == "soak" else {}
            return run_plan(PLANS[arguments[0]], environment() | longer)
    except MachineError as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
