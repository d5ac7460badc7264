"""Gather the words of code and templates, and compile the Dutch: `python -m machine.messages`.

Needs Debian's gettext. What is compiled is committed, for machines that lack it.
"""

import re
import subprocess
import sys
from pathlib import Path

from machine.place import PROJECT, MachineError

LANGUAGE = "nl"
LEFT_OUT = ("benchmarks", "machine", "node_modules", "static", "tests")  # .venv and .local anyway
WHEN_GATHERED = re.compile(r'^"POT-Creation-Date: .*"\n', re.MULTILINE)


def catalogues() -> list[Path]:
    return sorted((PROJECT / "locale").rglob(f"{LANGUAGE}/LC_MESSAGES/*.po"))


def gather() -> None:
    """Put new sentences into the catalogue and drop those that nobody says any more."""
    ignored = [f"--ignore={folder}/*" for folder in LEFT_OUT]
    layout = ["--add-location=file", "--no-wrap", "--no-obsolete"]
    command = ["makemessages", "--locale", LANGUAGE, *layout, *ignored]
    run([sys.executable, "-m", "django", *command])
    for path in catalogues():
        text = path.read_text()
        if (new := WHEN_GATHERED.sub("", text)) != text:
            path.write_text(new)


def compile_catalogues() -> None:
    for path in catalogues():
        target = str(path.with_suffix(".mo"))
        run(["msgfmt", "--check-format", "--no-hash", "-o", target, str(path)])


def unfinished() -> str:
    """Return the entries without Dutch, or with a guess that nobody confirmed."""
    return "".join(
        run(["msgattrib", "--no-wrap", *which, str(path)])
        for path in catalogues()
        for which in (["--untranslated"], ["--only-fuzzy"])
    )


def run(command: list[str]) -> str:
    """Run one of the tools and return what it prints.

    :raises MachineError: gettext is not installed, or finds a fault.
    """
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MachineError("Install gettext first: apt-get install gettext") from None
    if done.returncode:
        raise MachineError(done.stdout + done.stderr)
    return done.stdout


def main() -> int:
    try:
        gather()
        compile_catalogues()
        left = unfinished()
    except MachineError as reason:
        print(reason, file=sys.stderr)
        return 1
    print(left or "Every sentence has its Dutch.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
