"""Texts in whatever writing a spreadsheet program chose."""

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decoded(content: bytes) -> str | None:
    """Read a text by its mark, as UTF-8, or as Windows wrote it; None when it is none of these."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _read(content, encoding)
    text = _read(content, "utf-8")
    return text if text is not None else _read(content, "cp1252")


def _read(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
