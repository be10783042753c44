"""What tests share: the five languages with their trees, and small makers of pages and people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site, WorkflowPage

from foundation_site.users.models import User
from home.models import HomePage, NewsIndexPage, StandardPage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--strict-skips", action="store_true", help="a skipped test fails the run: nothing may hide behind a skip"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--strict-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _fresh_start() -> None:
    """An empty cache, and Italian: a request leaves the language of its address behind."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def locales(db: None) -> dict[str, Locale]:
    """The five languages by code."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


@pytest.fixture
def home(locales: dict[str, Locale]) -> HomePage:
    """The Italian front page, at the root of the site."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    page = root.add_child(
        instance=HomePage(
            title="Fondazione",
            slug="home",
            hero_title="Tante lingue",
            search_description="La fondazione.",
            locale=locales["it"],
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    cache.clear()
    return page


@pytest.fixture
def publish() -> Callable[..., Any]:
    """Put a page under another and publish it, as an editor would: through a revision."""

    def make(parent: Page, page: Any) -> Any:
        page.locale = page.locale if page.locale_id else parent.locale
        if not page.search_description:
            page.search_description = page.title
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return make


@pytest.fixture
def standard_page(home: HomePage, publish: Callable[..., Any]) -> StandardPage:
    return publish(home, StandardPage(title="Chi siamo", slug="chi-siamo", introduction="La fondazione in breve."))


@pytest.fixture
def news_index(home: HomePage, publish: Callable[..., Any]) -> NewsIndexPage:
    return publish(home, NewsIndexPage(title="Notizie", slug="notizie"))


@pytest.fixture
def publisher(client: Client, superuser: User) -> Client:
    """The browser of somebody who may publish at once: no workflow asks."""
    WorkflowPage.objects.all().delete()
    client.force_login(superuser)
    return client


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", "a-long-password-for-tests")
