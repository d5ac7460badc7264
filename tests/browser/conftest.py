"""A real browser; a real site where a test asks for it."""

import os
import shutil

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.templatetags.static import static
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from sroi_portal.core.models import User
from tests import processes, scenario
from tests.browser import looking
from tests.client import PortalClient

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in the test
expect.set_options(timeout=20_000)  # milliseconds: a machine may be busy


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def web(django_db_setup, django_db_blocker, tmp_path_factory):
    """One application server for all tests of this run, and where it keeps files."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), processes.running_web(MEDIA_ROOT=media) as address:
        yield address, media


@pytest.fixture
def site(transactional_db, settings, web):
    """The address of a portal that runs in a process of its own."""
    address, settings.MEDIA_ROOT = web
    return address


@pytest.fixture
def worker(site):
    """The worker of that portal, with the clock inside."""
    with processes.running(processes.worker()) as process:
        yield process


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """What everybody sees, committed: for tests that look, or write what no other test reads."""
    with scenario.committed(django_db_blocker) as filled:
        yield filled


@pytest.fixture(scope="module")
def portal(world):
    """The address of a portal of one process, without a worker."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def sign_in(world, portal):
    """Give a browser the session of a person; of nobody takes it away."""
    people = [each for each in vars(world).values() if isinstance(each, User)]
    sessions = {each: PortalClient().sign_in(each).cookies["session"].value for each in people}

    def sign_in(page, person):
        page.context.clear_cookies()
        if person is not None:
            cookie = {"name": "session", "value": sessions[person], "url": portal}
            page.context.add_cookies([cookie])

    return sign_in


@pytest.fixture(scope="module")
def nowhere(portal):
    """An address without a page: going there ends what the page before still asks."""
    return f"{portal}{static('mark.svg')}"


@pytest.fixture(scope="module")
def onlooker(browser, nowhere):
    """One page for all, so that the browser keeps the style sheets; axe is at hand in it."""
    context = browser.new_context(locale="nl-NL")
    context.add_init_script(path=AXE_FILE_PATH)
    page = context.new_page()
    page.goto(nowhere, wait_until="networkidle")  # it looks once for an icon, in vain
    yield page
    context.close()


@pytest.fixture
def visit(onlooker, sign_in, portal, nowhere):
    """Open an address as a person, and remember what the browser complained of."""
    onlooker.complaints = []
    listeners = {
        "console": lambda message: onlooker.complaints.extend(looking.complaint(onlooker, message)),
        "pageerror": lambda error: onlooker.complaints.append(str(error)),
        "request": lambda asked: onlooker.complaints.extend(looking.stranger(portal, asked)),
    }

    def open_as(person, path):
        onlooker.goto(nowhere)
        onlooker.complaints.clear()
        sign_in(onlooker, person)
        onlooker.set_viewport_size({"width": looking.PHONE, "height": 800})
        onlooker.goto(f"{portal}{path}")
        return onlooker

    for event, listener in listeners.items():
        onlooker.on(event, listener)
    yield open_as
    for event, listener in listeners.items():
        onlooker.remove_listener(event, listener)


@pytest.fixture
def walk(page, portal, sign_in):
    """Fill in the form of a page as somebody and send it; or press the one button of an address."""

    def walk(person, path, press="", **typed):
        sign_in(page, person)
        page.goto(f"{portal}{path}")
        if press:
            page.locator(f"form[action$='{press}'] button").click()
        else:
            form = page.locator("main form.form[method=post]").first
            for field, value in typed.items():
                control = form.locator(f"[name='{field}']")
                is_choice = control.evaluate("each => each.tagName") == "SELECT"
                control.select_option(value) if is_choice else control.fill(value)
            form.locator(".form-actions button[type=submit]").first.click()
        page.wait_for_load_state()
        expect(page.locator("h1")).to_be_visible()
        return page

    return walk
