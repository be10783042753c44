import re

import pytest
from django.test import Client

from foundation_site.core.text_search import MAX_QUERY
from home.models import NewsIndexPage, NewsPage


@pytest.fixture
def three_news(news_index: NewsIndexPage, publish) -> list[NewsPage]:
    return [
        publish(news_index, NewsPage(title=f"Corso di arabo {number}", slug=f"arabo-{number}")) for number in range(3)
    ]


def test_results_are_counted_by_kind(client: Client, three_news):
    response = client.get("/it/search/", {"q": "arabo"})

    results = response.context["results"]
    assert [entry["title"] for entry in results.entries] == ["Corso di arabo 0", "Corso di arabo 1", "Corso di arabo 2"]
    assert [(kind["value"], kind["count"]) for kind in results.kinds] == [("news", 3)]


def test_unknown_kind_is_ignored(client: Client, three_news):
    assert client.get("/it/search/", {"q": "arabo", "kind": "<script>"}).context["results"].count == 3


def test_some_of_the_words_are_better_than_nothing(client: Client, three_news):
    results = client.get("/it/search/", {"q": "arabo zzz"}).context["results"]

    assert results.every is False
    assert results.count == 3


def test_nothing_found_says_in_which_language_there_is_something(client: Client, three_news):
    results = client.get("/en/search/", {"q": "arabo"}).context["results"]

    assert results.count == 0
    assert [(found["code"], found["count"], found["url"]) for found in results.elsewhere] == [
        ("it", 3, "/it/search/?q=arabo")
    ]


@pytest.mark.parametrize("typed", ["", '"', "\x00", "a" * 10_000, "%", "\u202e", "🌍", "' OR 1=1"])
@pytest.mark.parametrize("page", ["1", "0", "-1", "abc", "9" * 40])
def test_odd_input_gives_a_page(client: Client, three_news, typed: str, page: str):
    assert client.get("/it/search/", {"q": typed, "page": page}).status_code == 200


def test_suggestions_are_titles(client: Client, three_news):
    found = client.get("/it/search/suggest/", {"q": "ara"}).json()["suggestions"]

    assert found[0] == {"title": "Corso di arabo 0", "url": "/it/notizie/arabo-0/", "kind": "Notizia"}
    assert len(found) == 3


@pytest.mark.parametrize(("typed", "number"), [("ara", "3"), ("zzz", ""), ("a", "")])
def test_suggestions_are_counted_aloud(client: Client, three_news, typed: str, number: str):
    assert client.get("/it/search/suggest/", {"q": typed}).json()["status"].partition(" ")[0] == number


@pytest.mark.parametrize("address", ["/it/", "/it/notizie/", "/it/search/", "/it/non-esiste/"])
def test_fields_take_as_much_as_is_looked_for(client: Client, three_news, address: str):
    fields = re.findall(r'<input[^>]*name="q"[^>]*>', client.get(address).content.decode())

    assert {re.search(r'maxlength="(\d+)"', field)[1] for field in fields} == {str(MAX_QUERY)}  # type: ignore[index]


def test_finding_nothing_costs_no_more_than_finding(client: Client, three_news, django_assert_max_num_queries):
    client.get("/en/search/", {"q": "arabo"})

    with django_assert_max_num_queries(8):
        assert client.get("/en/search/", {"q": "arabo"}).context["results"].elsewhere
