"""Names of files: shown and offered again, never used to store anything."""

import re
import unicodedata

MOST_CHARACTERS = 100
FORBIDDEN = re.compile(r'[<>:"|?*%;]+')


def tidy(name: str) -> str:
    """Keep the last part of a path, without what a screen or a disk could misread."""
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    kept = " ".join(FORBIDDEN.sub("_", visible).split()).strip(". ")
    stem, dot, suffix = kept.rpartition(".")
    if not dot or not stem:
        return (kept or "file")[:MOST_CHARACTERS]
    return f"{stem[: MOST_CHARACTERS - len(suffix[:10]) - 1]}.{suffix[:10]}"


def spoken(name: str) -> str:
    """Write the marks that join the parts of a name as spaces."""
    return re.sub(r"[-_.()\[\]]+", " ", name)
