"""What leads on from a page."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from associations.models import CityIndexPage
from associations.places.models import City
from foundation_site.core.taxonomy import Topic
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from projects.enrolment.models import Edition, Meeting
from projects.funding.models import Grant
from projects.models import (
    EventIndexPage,
    EventPage,
    GoodPracticeIndexPage,
    GoodPracticePage,
    ProjectIndexPage,
    ProjectPage,
)


@pytest.fixture
def topics(locales) -> dict[str, Topic]:
    return {slug: Topic.objects.create(name=slug, slug=slug, locale=locales["it"]) for slug in ("school", "sport")}


@pytest.fixture
def news(news_index: NewsIndexPage, publish, topics):
    """Publishes news of a day about some topics."""

    def make(slug: str, day: int, *about: str) -> NewsPage:
        about_topics = [topics[topic] for topic in about]
        return publish(news_index, NewsPage(title=slug, slug=slug, date=f"2026-03-{day:02}", topics=about_topics))

    return make


def related(client: Client, address: str) -> list[str]:
    return [page.slug for page in client.get(address).context["related"]]


def test_shared_topics_come_first_then_the_newest(client: Client, news):
    news("here", 5, "school", "sport")
    news("both", 1, "school", "sport")
    news("one", 2, "sport")
    news("old", 3)
    news("new", 4)

    assert related(client, "/it/notizie/here/") == ["both", "one", "new"]


def test_without_topics_the_newest_lead_on(client: Client, news):
    news("here", 5)
    for day in (1, 2, 3, 4):
        news(f"day-{day}", day, "school")

    assert related(client, "/it/notizie/here/") == ["day-4", "day-3", "day-2"]


def test_what_not_everybody_may_read_in_this_language_does_not_lead_on(client: Client, news, home, locales):
    news("here", 5)
    news("draft", 1).unpublish()
    PageViewRestriction.objects.create(page=news("secret", 2), restriction_type="login")
    french_home = home.copy_for_translation(locales["fr"])
    french_home.save_revision().publish()
    french_index = NewsIndexPage.objects.get().copy_for_translation(locales["fr"])
    french_index.save_revision().publish()
    news("french", 3).copy_for_translation(locales["fr"]).save_revision().publish()

    assert related(client, "/it/notizie/here/") == ["french"]
    assert related(client, "/fr/notizie/french/") == []
    assert 'class="more"' not in client.get("/fr/notizie/french/").content.decode()


def test_list_that_the_page_stands_in_is_one_press_away(client: Client, news):
    news("here", 5)
    news("there", 1)

    assert '<a class="more" href="/it/notizie/">Notizie' in client.get("/it/notizie/here/").content.decode()


def test_events_to_come_lead_on(client: Client, home: HomePage, publish):
    events = publish(home, EventIndexPage(title="Agenda", slug="agenda"))
    for slug, days, status in (
        ("here", 1, "published"), ("later", 9, "published"), ("soon", 2, "published"), ("past", -3, "published"),
        ("not-any-more", 3, "cancelled"), ("not-yet", 4, "draft"),
    ):  # fmt: skip
        edition = Edition.objects.create(slug=slug, label="E", kind="event", status=status)
        Meeting.objects.create(
            edition=edition, date=timezone.localdate() + datetime.timedelta(days=days), starts_at="18:00", ends_at="20:00"
        )  # fmt: skip
        publish(events, EventPage(title=slug, slug=slug, kind="festival", edition=edition))

    assert related(client, "/it/agenda/here/") == ["soon", "later"]


def test_projects_of_which_nobody_knows_when_come_last(client: Client, home: HomePage, publish):
    projects = publish(home, ProjectIndexPage(title="Progetti", slug="progetti"))
    for slug, start in (("here", None), ("without", None), ("old", "2008-05"), ("new", "2021")):
        grant = Grant.objects.create(slug=slug, acronym=slug, title="T", start=start) if start else None
        publish(projects, ProjectPage(title=slug, slug=slug, grant=grant))

    assert related(client, "/it/progetti/here/") == ["new", "old", "without"]


def test_page_of_text_does_not_lead_on(client: Client, home, publish):
    publish(home, StandardPage(title="Noi", slug="noi"))

    assert "related" not in client.get("/it/noi/").context


def test_practice_can_be_looked_at_before_it_is_published(home: HomePage, publish):
    publish(home, CityIndexPage(title="Città", slug="citta"))
    practices = publish(home, GoodPracticeIndexPage(title="Pratiche", slug="pratiche"))
    turin, lublin = (City.objects.create(slug=name, name=name, country="IT") for name in ("Torino", "Lublino"))

    def practice(city: City) -> GoodPracticePage:
        page = GoodPracticePage(title="P", slug=city.slug, start_year=2016, locale=practices.locale)
        page.cities.add(page.cities.model(city=city))
        return page

    def looked_at(page: Any) -> str:
        return page.make_preview_request().content.decode()

    saved = publish(practices, practice(turin))
    saved.cities.set([saved.cities.model(city=lublin)])
    new = practice(lublin)
    new.path, new.depth = practices.path + "9999", practices.depth + 1

    assert "/it/citta/Lublino/" in looked_at(saved)
    assert "/it/citta/Torino/" not in looked_at(saved)
    assert "/it/citta/Lublino/" in looked_at(new)
