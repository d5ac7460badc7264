"""Whether this container does its work: `healthy.py web|worker|beat`."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

SECONDS_BETWEEN_BEATS = 300
BEAT_SCHEDULE = Path("/run/portal/beat")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that points to https is an answer."""

    def redirect_request(self, *_: object) -> None:
        return None


def web() -> bool:
    host = urlsplit(os.environ["SITE_URL"]).netloc
    request = urllib.request.Request("http://127.0.0.1:8000/", headers={"Host": host})
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False


def worker() -> bool:
    ping = ["-m", "celery", "--app", "sroi_portal.celery:app", "inspect", "ping", "--timeout", "10"]
    destination = ["--destination", f"celery@{os.uname().nodename}"]
    return subprocess.run([sys.executable, *ping, *destination], check=False).returncode == 0


def beat() -> bool:
    written = [path.stat().st_mtime for path in BEAT_SCHEDULE.parent.glob("beat*")]
    return bool(written) and time.time() - max(written) < SECONDS_BETWEEN_BEATS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
