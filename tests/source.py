"""The source of the portal, as the convention tests read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LABELS = ("core", "suppliers", "contracts", "candidates", "network", "reports")
APPS = {  # label: its folder
    label: Path(apps.get_app_config(label).path)
    for label in LABELS
    if apps.is_installed("sroi_portal.core" if label == "core" else label)
}


@cache
def files() -> list[Path]:
    """What is or would be committed; a file that is being removed is none."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=ROOT, text=True).splitlines()
    return [path for name in sorted(set(names)) if (path := ROOT / name).is_file()]


@cache
def product() -> list[Path]:
    """Modules of the portal itself: no tests, no migrations, no machine."""
    folders = [ROOT / "sroi_portal", *APPS.values()]
    return [
        path
        for path in files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and any(folder in path.parents for folder in folders)
    ]


@cache
def tests() -> str:
    return "\n".join(path.read_text() for path in files() if _is_test(path))


def _is_test(path: Path) -> bool:
    return ROOT / "tests" in path.parents and path.suffix == ".py"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(label: str, kind: str) -> list[Path]:
    """The module of that kind in an app, or the modules of its package."""
    folder = APPS[label]
    return [
        path for path in product() if path == folder / f"{kind}.py" or folder / kind in path.parents
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in tree(path).body if isinstance(node, ast.FunctionDef))


def called(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call within, by the last part of the name that is called."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            target = call.func
            if isinstance(target, ast.Attribute):
                yield target.attr, call
            elif isinstance(target, ast.Name):
                yield target.id, call


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
