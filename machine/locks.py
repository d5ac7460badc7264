"""The lock files: `python -m machine.locks check|write`.

Each begins with a fingerprint of the dependencies it was made from, so that whether it is up to date
is known without a network.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from machine.place import PROJECT

LOCKS = {"requirements.txt": [], "requirements-dev.txt": ["--group", "dev"]}
MARK = "# made by `make lock` from dependencies "


def fingerprint() -> str:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    parts = [project["project"]["requires-python"], project["project"]["dependencies"]]
    return hashlib.sha256(
        json.dumps([*parts, project.get("dependency-groups", {})]).encode()
    ).hexdigest()


def check(folder: Path = PROJECT) -> int:
    wanted = MARK + fingerprint()
    stale = [name for name in LOCKS if first_line(folder / name) != wanted]
    for name in stale:
        print(f"{name} is older than pyproject.toml: run `make lock`.", file=sys.stderr)
    return 1 if stale else 0


def first_line(path: Path) -> str:
    return path.read_text().partition("\n")[0] if path.exists() else ""


def write() -> int:
    """Resolve anew, staying with the versions locked where they still fit."""
    for name, group in LOCKS.items():
        path = PROJECT / name
        constraint = [] if name == "requirements.txt" else ["-c", "requirements.txt"]
        subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *group),
                *("--universal", "--generate-hashes", "--no-header", "--quiet", "--no-annotate"),
                *("--python-version", "3.12", "-o", name, *constraint),
            ],
            cwd=PROJECT,
            check=True,
        )
        path.write_text(f"{MARK}{fingerprint()}\n{path.read_text()}")
    return 0


if __name__ == "__main__":
    sys.exit({"check": check, "write": write}[sys.argv[1]]())
