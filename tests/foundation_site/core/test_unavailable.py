"""While the database is out of reach, every address answers 503 in the reader's language, and says when to come back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client


@pytest.fixture
def no_database(home) -> Iterator[None]:
    def refuse(*_args: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    cache.clear()
    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param("/it/chi-siamo/", "Torniamo", id="a page in Italian"),
        pytest.param("/ar/chi-siamo/", 'dir="rtl"', id="a page in Arabic"),
        pytest.param("/en/search/?q=x", "We will be back", id="search"),
        pytest.param("/en/not.here", "We will be back", id="an address that nothing answers to"),
        pytest.param("/health/", "Torniamo", id="what the machine that watches asks"),
    ],
)
def test_reader_is_told_when_to_come_back(no_database, reader: Client, address: str, words: str):
    response = reader.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert words in response.content.decode()


def test_somebody_who_is_signed_in_is_told_the_same(home, reader: Client, superuser):
    reader.force_login(superuser)

    def refuse(*_args: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        assert reader.get("/admin/").status_code == 503


def test_another_failure_is_a_500_in_all_languages(home, reader: Client, monkeypatch):
    monkeypatch.setattr("foundation_site.core.views.find_page", lambda *_args: 1 / 0)

    response = reader.get("/it/chi-siamo/")

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


def test_a_failure_before_the_assets_were_collected_is_told_all_the_same(home, reader: Client, monkeypatch, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    monkeypatch.setattr("foundation_site.core.views.find_page", lambda *_args: 1 / 0)

    response = reader.get("/it/chi-siamo/")

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
