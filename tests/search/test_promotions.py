"""What the foundation puts before the results, and what it learns of what people look for."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction

from foundation_site.core.pages import BasePage
from home.models import StandardPage
from search import counting


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    counting.asked.clear()


@pytest.fixture
def page(home, publish) -> StandardPage:
    return publish(home, StandardPage(title="Sportello", slug="sportello", introduction="Vieni a parlarne."))


@pytest.fixture
def promotion(page: StandardPage) -> SearchPromotion:
    return SearchPromotion.objects.create(query=Query.get("razzismo"), page=page, sort_order=0)


def suggested(
    client: Client, words: str = "razzismo", language: str = "it", **params: str
) -> list[tuple[str, str, str]]:
    results = client.get(f"/{language}/search/", {"q": words, **params}).context["results"]
    return [(entry["title"], entry["url"], entry["text"]) for entry in results.promoted]


def in_french(page: BasePage, locales) -> BasePage:
    home = page.get_parent().specific.copy_for_translation(locales["fr"])
    home.save_revision().publish()
    french = page.copy_for_translation(locales["fr"])
    french.title, french.introduction = "Permanence", "Venez en parler."
    french.save_revision().publish()
    return french


def test_suggestion_of_the_foundation_comes_first_for_exactly_these_words(client: Client, promotion):
    assert suggested(client, "Razzismo") == [("Sportello", "/it/sportello/", "Vieni a parlarne.")]
    assert suggested(client, "razzismo oggi") == []
    assert "Nothing found" not in client.get("/en/search/?q=razzismo").content.decode()


def test_suggestion_is_in_the_language_of_the_reader_where_it_can(client: Client, promotion, page, locales):
    assert suggested(client, language="fr") == [("Sportello", "/it/sportello/", "Vieni a parlarne.")]

    in_french(page, locales)

    assert suggested(client, language="fr") == [("Permanence", "/fr/sportello/", "Venez en parler.")]


def test_suggestions_keep_the_order_and_words_of_the_editor(client: Client, promotion):
    SearchPromotion.objects.create(
        query=promotion.query, external_link_url="https://www.unar.it/", external_link_text="UNAR", description="1500",
        sort_order=1,
    )  # fmt: skip
    promotion.description = "Lo sportello della città"
    promotion.save()

    assert suggested(client) == [
        ("Sportello", "/it/sportello/", "Lo sportello della città"), ("UNAR", "https://www.unar.it/", "1500"),
    ]  # fmt: skip


def test_suggestions_stand_before_the_first_results_only(client: Client, promotion):
    assert suggested(client, kind="page") == []


@pytest.mark.parametrize("hidden", ["draft", "behind a sign-in"])
def test_page_that_not_everybody_may_read_is_not_suggested(client: Client, promotion, page, hidden: str):
    if hidden == "draft":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert suggested(client) == []


def test_searches_are_counted_for_many_at_once(client: Client, page):
    for words in ("arabo", *["Arabo"] * (counting.TOGETHER - 2)):
        client.get("/it/search/", {"q": words})
    assert not DBTaskResult.objects.exists()

    client.get("/it/search/", {"q": "italiano"})

    waiting = DBTaskResult.objects.get()
    counting.add_up.call(*waiting.args_kwargs["args"])
    assert dict(QueryDailyHits.objects.values_list("query__query_string", "hits")) == {
        "arabo": counting.TOGETHER - 1,
        "italiano": 1,
    }
    assert set(QueryDailyHits.objects.values_list("date", flat=True)) == {timezone.localdate()}


def test_counts_of_a_day_add_up(db):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    QueryDailyHits.objects.create(query=Query.get("arabo"), date=yesterday, hits=5)

    counting.add_up.call({"arabo": 2})
    counting.add_up.call({"arabo": 3})

    assert dict(QueryDailyHits.objects.values_list("date", "hits")) == {yesterday: 5, timezone.localdate(): 5}


def test_only_what_somebody_typed_is_counted(client: Client, page):
    for params in ({}, {"q": " "}, {"q": "arabo", "page": "1", "kind": "page"}):
        client.get("/it/search/", params)

    assert counting.asked == {}
