"""A meeting for the calendar of who comes: one event as RFC 5545 writes it."""

import datetime as dt

from django.conf import settings

from network.models import Meeting, MeetingStatus

LONGEST = 75  # octets of a line (RFC 5545, 3.1)
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}


def event(meeting: Meeting, *, at: dt.datetime) -> str:
    """Write the file; taken in again it replaces what was there, by its number of changes."""
    where = ", ".join(each for each in (meeting.place, meeting.link) if each)
    is_off = meeting.status == MeetingStatus.CANCELLED
    address = f"{settings.SITE_URL}{meeting.get_absolute_url()}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SROI-portaal//Maatwerk voor Mensen//NL",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{meeting.uuid}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.ends_at)}",
        f"SEQUENCE:{meeting.revision}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        f"SUMMARY:{_text(meeting.title)}",
        f"DESCRIPTION:{_text(meeting.purpose)}",
        f"LOCATION:{_text(where)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "".join(ESCAPED.get(each, each) for each in text)


def _folded(line: str) -> str:
    """Go on below, after a space, where a line is too long; never inside a character."""
    parts, length = [""], 0
    for each in line:
        size = len(each.encode())
        if length + size > LONGEST:
            parts.append(" ")
            length = 1
        parts[-1] += each
        length += size
    return "\r\n".join(parts)
