"""A real browser on the real demonstration: the server and the worker that `make demo` starts, on a fresh data folder."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from journey_shapes import DESKTOP
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "journey-password-42"
START_SECONDS = 400


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass
class Site:
    """The running demonstration."""

    url: str
    data_dir: Path

    def mails(self, to: str, *, number: int = 1) -> list[EmailMessage]:
        """Letters to an address, oldest first; waits a little until there are so many."""
        for _second in range(20):
            found = [mail for mail in self._all_mails() if mail["To"] == to]
            if len(found) >= number:
                return found
            time.sleep(1)
        return []

    def _all_mails(self) -> Iterator[EmailMessage]:
        for file in sorted((self.data_dir / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime):
            raw = file.read_bytes().rsplit(b"\n" + b"-" * 79, 1)[0]
            yield BytesParser(policy=policy.default).parsebytes(raw)  # type: ignore[misc]

    def link_in(self, mail: EmailMessage, containing: str = "") -> str:
        body = mail.get_body(("plain",))
        assert body is not None
        links = [link for link in re.findall(r"https?://\S+", body.get_content()) if containing in link]
        assert links, f"no link with {containing!r} in the letter {mail['Subject']!r}"
        return links[0].rstrip(".,)")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One demonstration for all journeys of a run. JOURNEY_URL and JOURNEY_DATA_DIR name one that runs already."""
    if running := os.environ.get("JOURNEY_URL"):
        yield Site(running.rstrip("/"), Path(os.environ["JOURNEY_DATA_DIR"]))
        return
    data_dir = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("SECRET_KEY", "PRIVATE_FILES_KEY", "BASE_URL", "DATABASE_URL")  # what the settings of the tests put there
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO_") and name not in ours},
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
    }
    log = (data_dir / "server.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--settings", "foundation_site.settings.demo"],
        cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    url = f"http://localhost:{port}"
    try:
        for _attempt in range(START_SECONDS):
            if process.poll() is not None:
                pytest.fail(f"the demonstration did not start:\n{Path(log.name).read_text()}")
            try:
                urllib.request.urlopen(f"{url}/health/", timeout=2)
                break
            except OSError:
                time.sleep(1)
        else:
            pytest.fail(f"the demonstration did not answer within {START_SECONDS} s:\n{Path(log.name).read_text()}")
        yield Site(url, data_dir)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.fail("Chromium is missing. On Debian: apt install chromium. Or name it in CHROMIUM.")
    browser = playwright_.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    )
    yield browser
    browser.close()


@dataclass
class Watched:
    """A browser window, and everything it complained of or asked of others."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens windows: window(PHONE, "ar", javascript=False). Every window must stay silent and ask only this site."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_window(viewport: dict[str, int] = DESKTOP, language: str = "it", *, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport=viewport,
            locale=language,
            base_url=site.url,
            java_script_enabled=javascript,
            timezone_id="Europe/Rome",
        )
        context.set_default_timeout(15_000)
        watched = Watched(context.new_page())
        # Chromium notes on the console that a form came back with its errors (422); that is the answer we want.
        watched.page.on(
            "console",
            lambda message: (
                None if "status of 422" in message.text else watched.complaints.append(f"console: {message.text}")
            ),
        )
        watched.page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
        host = urlsplit(site.url).netloc
        watched.page.on(
            "request",
            lambda request: (
                watched.complaints.append(f"asked another site: {request.url}")
                if urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).netloc != host
                else None
            ),
        )
        opened.append((context, watched))
        return watched.page

    yield open_window
    complaints = [complaint for _context, watched in opened for complaint in watched.complaints]
    for context, _watched in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    def sign(page: Page, email: str) -> None:
        page.goto("/it/account/login/?next=/admin/")
        page.locator("main [name=login]").fill(email)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/admin/**")

    return sign


@pytest.fixture
def desk(browser: Browser, site: Site, sign_in: Callable[[Page, str], None]) -> Iterator[Callable[..., Page]]:
    """Signs somebody in to the admin. Wagtail may note what it likes on the console, but it asks no other site."""
    contexts, elsewhere, errors = [], [], []

    def open_desk(email):
        context = browser.new_context(viewport=DESKTOP, locale="it", timezone_id="Europe/Rome", base_url=site.url)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: elsewhere.append(request.url) if is_elsewhere(request.url) else None)
        page.on("response", lambda response: errors.append(response.url) if response.status >= 500 else None)
        sign_in(page, email)
        return page

    def is_elsewhere(url):
        return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(site.url).netloc

    yield open_desk
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert errors == []
