"""Copy what the pages borrow from npm, with its licences, into static/vendor.

Run `python -m machine.vendor_static` after a change of package.json and commit the result:
a running site needs neither npm nor another host.
"""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"

FONT_FILES = [
    "files/source-sans-3-cyrillic-wght-normal.woff2",
    "files/source-sans-3-latin-ext-wght-normal.woff2",
    "files/source-sans-3-latin-wght-italic.woff2",
    "files/source-sans-3-latin-wght-normal.woff2",
]
WANTED = {
    "@fontsource-variable/source-sans-3": ("source-sans-3", ["LICENSE", *FONT_FILES]),
    "@fontsource-variable/noto-sans-arabic": (
        "noto-sans-arabic",
        ["LICENSE", "files/noto-sans-arabic-arabic-wght-normal.woff2"],
    ),
    "@fontsource-variable/noto-sans-ethiopic": (
        "noto-sans-ethiopic",
        ["LICENSE", "files/noto-sans-ethiopic-ethiopic-wght-normal.woff2"],
    ),
    "@nl-design-system-unstable/voorbeeld-design-tokens": (
        "voorbeeld-design-tokens",
        ["LICENSE.md", "dist/theme.css"],
    ),
    "@utrecht/component-library-css": ("utrecht", ["LICENSE.md", "dist/index.css"]),
    "htmx.org": ("htmx", ["LICENSE", "dist/htmx.min.js"]),
}


def install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    command = "ci" if (folder / "package-lock.json").exists() else "install"
    subprocess.run(["npm", command, "--ignore-scripts"], cwd=folder, check=True)
    shutil.copy(folder / "package-lock.json", ROOT)


def copy(modules: Path) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, (folder, files) in WANTED.items():
        target = VENDOR / folder
        target.mkdir(parents=True)
        for name in files:
            shutil.copy(modules / package / name, target / Path(name).name)
            print(os.fspath((target / Path(name).name).relative_to(ROOT)))


def main() -> None:
    with TemporaryDirectory() as folder:
        install(Path(folder))
        copy(Path(folder) / "node_modules")


if __name__ == "__main__":
    main()
