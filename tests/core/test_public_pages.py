"""Pages without an account, and what machines ask."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from sroi_portal.core.views import public

pytestmark = pytest.mark.django_db

PAGES = ["privacy", "accessibility", "contact", "session-ended"]


@pytest.mark.parametrize("name", PAGES)
def test_everybody_reads_it_in_two_languages(client, name):
    dutch = client.get(reverse(f"core:{name}")).content.decode()
    client.cookies["language"] = "en"
    english = client.get(reverse(f"core:{name}")).content.decode()
    assert '<html lang="nl"' in dutch
    assert '<html lang="en"' in english


def test_the_privacy_page_names_what_is_held(client):
    client.cookies["language"] = "en"
    text = client.get(reverse("core:privacy")).content.decode()
    for held in ("reference", "random code", "group", "hours a week", "BSN"):
        assert held in text


def test_who_must_set_up_a_second_factor_can_read_them(client, olga):
    client.force_login(olga, backend="sroi_portal.core.signing_in.EmailBackend")
    assert client.get(reverse("core:privacy")).status_code == 200


def test_the_contact_page_shows_the_address_of_this_installation(client, settings):
    settings.CONTACT_EMAIL = "help@example.org"
    assert "mailto:help@example.org" in client.get(reverse("core:contact")).content.decode()


def test_a_weakness_is_reported_where_security_txt_says(client, settings):
    settings.CONTACT_EMAIL = "help@example.org"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"].startswith("text/plain")
    assert lines["Contact"] == "mailto:help@example.org"
    expires = dt.datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    assert dt.timedelta(days=31) < expires - timezone.now() <= dt.timedelta(days=366)
    assert lines["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    settings.CONTACT_EMAIL = ""
    without = client.get("/.well-known/security.txt").content.decode()
    assert without.startswith("Contact: http://localhost:8000/contact/")


def test_robots_stay_away(client):
    assert b"Allow: /open/\nDisallow: /\n" in client.get("/robots.txt").content


def test_the_changelog_is_a_page(client, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert client.get(reverse("core:changelog")).status_code == 404
    text = "# Title\n\n## 2026-03-04\n\n- A <b>line</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    (tmp_path / "CHANGELOG.md").write_text(text)
    shown = client.get(reverse("core:changelog")).content.decode()
    assert "<h2>2026-03-04</h2>" in shown
    assert "&lt;b&gt;line" in shown
    assert "<td>1</td>" in shown


WORDS = """# Words

Said before.

## Inkoop / Procurement

| Nederlands | English | Uitleg | Explanation |
|---|---|---|---|
| perceel | lot | Een deel. | A part. |
| gunning | award, `award` | Het <b>besluit</b>. | The decision. |
"""


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [("nl", ["Inkoop", "Een deel."], "A part."), ("en", ["Procurement", "A part."], "Een deel.")],
)
def test_words_are_explained_in_the_language_of_the_reader(
    client, settings, tmp_path, language, shown, hidden
):
    settings.BASE_DIR = tmp_path
    assert client.get(reverse("core:glossary")).status_code == 404
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "domain.md").write_text(WORDS)
    client.cookies["language"] = language
    page = client.get(reverse("core:glossary")).content.decode()
    assert [text for text in (*shown, "perceel", "lot", "award") if text not in page] == []
    assert hidden not in page
    assert "<b>besluit" not in page


def test_health_tells_what_answers(client):
    assert client.get("/health/").json() == {"database": "ok", "redis": "ok"}


def test_health_without_redis_is_well_and_without_database_is_not(client, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (200, "unreachable")
    monkeypatch.setattr(public, "_database_answers", lambda: False)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_an_address_that_does_not_exist_reads_well_for_everybody(client, adam):
    assert client.get("/nothing-here/").status_code == 404
    client.sign_in(adam)
    answer = client.get("/nothing-here/")
    assert (answer.status_code, adam.name in answer.content.decode()) == (404, True)


def test_no_page_carries_a_script_or_a_style_of_its_own(client):
    for name in (*(f"core:{page}" for page in PAGES), "account_login"):
        page = client.get(reverse(name))
        text = page.content.decode()
        assert "'unsafe" not in page["Content-Security-Policy"]
        scripts = re.findall(r"<script\b([^>]*)>", text)
        assert all("src=" in script or "application/json" in script for script in scripts)
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
