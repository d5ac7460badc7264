"""Where the servers of `make run` and `make test` keep their data, sockets and logs."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
NOBODY = 65534  # PostgreSQL refuses root; this user needs no line in /etc/passwd
SOCKET_BYTES = 107 - len("/.s.PGSQL.5432")  # what Linux allows, less the longest name


class MachineError(Exception):
    """One sentence for the person at the terminal."""


def local() -> Path:
    """Return the git-ignored folder; SROI_LOCAL names another one."""
    folder = PROJECT / os.environ.get("SROI_LOCAL", ".local")
    folder.mkdir(parents=True, exist_ok=True)
    if is_root():
        folder.chmod(0o711)
    return folder


def is_root() -> bool:
    return os.geteuid() == 0


def as_server() -> dict[str, Any]:
    """Tell subprocess to start a server as an unprivileged user."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if is_root() else {}


def reachable(path: Path) -> bool:
    """Ask whether the servers' user can come to a file or folder."""
    return subprocess.run(["test", "-x", path], cwd="/", check=False, **as_server()).returncode == 0


def servers() -> Path:
    """Return the project's own folder or, where others may not enter it, one below /var."""
    if reachable(local()):
        return local()
    return remembered(local() / "elsewhere", elsewhere)


def elsewhere() -> Path:
    name = hashlib.sha256(bytes(local())).hexdigest()[:12]
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 (kept over a restart)
        folder = parent / "sroi-portaal" / name
        try:
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        except OSError:
            continue
        if reachable(folder):
            return folder
    raise MachineError(
        f"PostgreSQL cannot reach {local()}: move the project or run as another user."
    )


def remembered(link: Path, make: Callable[[], Path]) -> Path:
    """Follow a link made earlier; make what it points to where that is gone."""
    if link.is_dir() and link.resolve().stat().st_uid in {os.geteuid(), NOBODY}:
        return link.resolve()
    link.unlink(missing_ok=True)
    folder = make()
    link.symlink_to(folder)
    return folder


def given(folder: Path) -> Path:
    """Make a folder that only the servers' user may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    if is_root():
        os.chown(folder, NOBODY, NOBODY)
    folder.chmod(0o700)
    return folder


def sockets() -> Path:
    """Return a folder short enough for a Unix socket, also for a deep checkout."""
    folder = servers() / "run"
    if len(bytes(folder)) > SOCKET_BYTES:
        folder = remembered(local() / "sockets", lambda: Path(tempfile.mkdtemp(prefix="sroi-")))
    return given(folder)


def log(name: str) -> Path:
    folder = local() / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.log"


def package(name: str, program: str) -> Path:
    """Return an installed package's folder, or a copy that the servers' user can reach."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise MachineError(f"{name} is not installed: `make run` and `make test` install it.")
    folder = Path(spec.origin).parent
    if reachable(folder / program):
        return folder
    copy = servers() / "programs" / f"{name}-{hashlib.sha256(bytes(folder)).hexdigest()[:8]}"
    if not (copy / "whole").exists():
        copy_open(folder, copy / name)
        if (libraries := folder.with_name(f"{name}.libs")).is_dir():
            copy_open(libraries, copy / libraries.name)
        (copy / "whole").touch()
    return copy / name


def copy_open(source: Path, target: Path) -> None:
    """Copy a folder so that everyone can read and run it."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    subprocess.run(["chmod", "-R", "a+rX", target.parent], check=True)
    target.parent.parent.chmod(0o711)
