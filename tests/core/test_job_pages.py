"""How far long work is, as its owner sees it."""

import pytest
from django.urls import reverse

from sroi_portal.core import jobs
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(piet):
    return jobs.queue("reports.tasks.print_report", by=piet, at=NOON, total=4)


def show(client, job, **headers):
    return client.get(reverse("core:job-progress", args=[job.uuid]), headers=headers)


def test_the_page_shows_how_far_it_is(client, piet, job):
    client.sign_in(piet)
    claimed = jobs.claim(str(job.uuid), at=NOON)
    jobs.progress(claimed, 1, 4, at=NOON)
    text = show(client, job).content.decode()
    assert 'value="25"' in text
    assert 'hx-trigger="every 1s"' in text


def test_the_fragment_asks_again_until_it_ended(client, piet, job):
    client.sign_in(piet)
    running = show(client, job, **{"HX-Request": "true"})
    assert "<html" not in running.content.decode()
    assert "HX-Refresh" not in running
    jobs.finish(job, at=NOON)
    ended = show(client, job, **{"HX-Request": "true"})
    assert ended["HX-Refresh"] == "true"
    assert "hx-get" not in ended.content.decode()


def test_a_failure_is_told(client, piet, job):
    client.sign_in(piet)
    jobs.finish(job, at=NOON, error="The disk is full")
    assert "The disk is full" in show(client, job).content.decode()


def test_somebody_elses_work_does_not_exist(client, vera, job):
    client.sign_in(vera)
    assert show(client, job).status_code == 404
