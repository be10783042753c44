"""The pages of home in the editor, and what the front page shows."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from page_forms import sent
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from projects.enrolment.models import Course, Edition, Meeting
from projects.models import CourseIndexPage, CoursePage


def test_standard_page_can_be_made(publisher: Client, home: HomePage):
    assert sent(publisher, home, StandardPage, body=[("text", rich_text("<p>Chi siamo.</p>"))]) == {}

    page = StandardPage.objects.get(slug="nuova")
    assert page.live
    assert page.url == "/it/nuova/"


def test_news_can_be_made_under_its_list_and_nowhere_else(publisher: Client, home: HomePage, news_index: NewsIndexPage):
    assert sent(publisher, news_index, NewsPage, date="2026-03-01", topics=[]) == {}

    assert NewsPage.objects.get().card_meta == ["1 marzo 2026"]
    assert NewsPage.can_create_at(news_index)
    assert not NewsPage.can_create_at(home)


def test_a_page_needs_its_description_for_search_engines(publisher: Client, home: HomePage):
    assert list(sent(publisher, home, StandardPage, search_description="")) == ["search_description"]


def test_each_front_page_has_one_list_of_news(home: HomePage, news_index: NewsIndexPage):
    assert not NewsIndexPage.can_create_at(home)


def test_only_front_pages_stand_at_the_root(home: HomePage):
    root = Page.get_first_root_node()

    assert [model for model in (HomePage, StandardPage, NewsPage) if model.can_create_at(root)] == [HomePage]


def test_front_page_shows_the_three_newest_news(client: Client, news_index: NewsIndexPage, publish):
    for day in (1, 2, 3, 4):
        publish(news_index, NewsPage(title=f"Giorno {day}", slug=f"g{day}", date=f"2026-03-0{day}"))

    shown = client.get("/it/").context["latest_news"]

    assert [page.title for page in shown] == ["Giorno 4", "Giorno 3", "Giorno 2"]


@pytest.fixture
def course(home: HomePage, publish):
    """Publishes the page of a course with one edition, which meets so many days from now."""
    index = publish(home, CourseIndexPage(title="Corsi", slug="corsi"))

    def make(title: str, *, days: int = 30, **facts: Any) -> CoursePage:
        course = Course.objects.create(slug=title, label=title, kind="italian")
        edition = Edition.objects.create(
            **{"course": course, "slug": title, "label": title, "status": "published", "places": 9, **facts}
        )
        day = timezone.localdate() + datetime.timedelta(days=days)
        Meeting.objects.create(edition=edition, date=day, starts_at="18:00", ends_at="20:00")
        return publish(index, CoursePage(title=title, slug=title, course=course))

    return make


def test_front_page_shows_the_courses_that_are_most_open(client: Client, course):
    now = timezone.now()
    course("a-finished", days=-30)
    course("b-closed", closes_at=now)
    course("c-cancelled", status="cancelled")
    course("d-soon", opens_at=now + datetime.timedelta(days=1))
    course("e-full", places=0)
    course("f-draft", status="draft")
    course("g-open")

    shown = client.get("/it/").context["open_courses"]

    assert [(page.slug, page.standing) for page in shown] == [
        ("g-open", "open"),
        ("e-full", "full"),
        ("d-soon", "soon"),
    ]


def test_front_page_shows_three_courses(client: Client, course):
    for number in range(4):
        course(f"c{number}")

    assert [page.slug for page in client.get("/it/").context["open_courses"]] == ["c0", "c1", "c2"]
