"""The pages of projects in the editor, and the lists that show them."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from page_forms import previewed, sent
from wagtail.test.utils.form_data import inline_formset
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from associations.models import CityIndexPage
from associations.places.models import City
from home.models import HomePage
from projects.agreements.models import Agreement, AgreementLabel
from projects.enrolment.models import Course, Edition, Meeting
from projects.funding.models import Grant, Programme
from projects.models import (
    AgreementIndexPage,
    AgreementPage,
    CourseIndexPage,
    CoursePage,
    EventIndexPage,
    EventPage,
    GoodPracticeIndexPage,
    GoodPracticePage,
    ProjectIndexPage,
    ProjectPage,
)


@pytest.fixture
def turin(db) -> City:
    return City.objects.create(slug="torino", name="Torino", country="IT")


@pytest.fixture
def practices(home: HomePage, publish) -> GoodPracticeIndexPage:
    return publish(home, GoodPracticeIndexPage(title="Buone pratiche", slug="buone-pratiche"))


def practice(parent: Any, publish: Any, slug: str, city: City, start: int, **values: Any) -> GoodPracticePage:
    page = GoodPracticePage(title=slug, slug=slug, start_year=start, **values)
    page.cities.add(page.cities.model(city=city))
    return publish(parent, page)


# In the editor


def test_project_can_be_made(publisher: Client, home: HomePage, publish):
    grant = Grant.objects.create(slug="itaca", acronym="ITACA", title="T", start="2020-01")
    index = publish(home, ProjectIndexPage(title="Progetti", slug="progetti"))

    assert sent(publisher, index, ProjectPage, grant=grant.pk, topics=[]) == {}
    assert publisher.get("/it/progetti/nuova/").status_code == 200


def test_project_of_a_programme_says_so_on_its_card(home: HomePage, publish):
    programme = Programme.objects.create(slug="rec", name="REC", funder="eu")
    grant = Grant.objects.create(slug="itaca", acronym="ITACA", title="T", programme=programme)

    assert ProjectPage(grant=grant).card_meta == ["REC"]
    assert ProjectPage().card_meta == []


def test_agreement_can_be_made_with_its_promises(publisher: Client, home: HomePage, publish):
    agreement = Agreement.objects.create(slug="morocco", kind="memorandum", partner="Ministère", country="MA")
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))
    promises = inline_formset([{"number": "1", "title": "Un teatro", "text": ""}])

    assert sent(publisher, index, AgreementPage, agreement=agreement.pk, topics=[], promise_texts=promises) == {}
    assert [text.title for text in AgreementPage.objects.get().promise_texts.all()] == ["Un teatro"]


def test_agreement_page_needs_its_record(publisher: Client, home: HomePage, publish):
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))

    assert list(sent(publisher, index, AgreementPage, agreement="", promise_texts=inline_formset([]))) == ["agreement"]


def test_course_and_event_can_be_made(publisher: Client, home: HomePage, publish):
    course = Course.objects.create(slug="arabo", label="Arabo", kind="mother_tongue", language="ar")
    edition = Edition.objects.create(slug="festa", label="Festa", kind="event", status="published")
    courses = publish(home, CourseIndexPage(title="Corsi", slug="corsi"))
    events = publish(home, EventIndexPage(title="Agenda", slug="agenda"))

    assert sent(publisher, courses, CoursePage, course=course.pk) == {}
    assert sent(publisher, events, EventPage, kind="festival", edition=edition.pk) == {}
    assert CoursePage.objects.get().card_meta == ["arabo", "senza livelli"]


def test_good_practice_can_be_made(publisher: Client, practices: GoodPracticeIndexPage, turin: City):
    cities = inline_formset([{"city": turin.pk}])

    errors = sent(
        publisher, practices, GoodPracticePage, start_year=2016, end_year="", ongoing="on", date_text="", topics=[], grant="",
        source_title="", source_url="", cities=cities,
    )  # fmt: skip

    assert errors == {}
    assert GoodPracticePage.objects.get().card_meta == ["Torino", "2016–"]


def test_good_practice_can_be_looked_at_before_it_is_saved(publisher: Client, home, publish, practices, turin: City):
    publish(home, CityIndexPage(title="Città", slug="citta"))
    html = previewed(
        publisher, practices, GoodPracticePage, start_year=2016, end_year="", date_text="", topics=[], grant="", source_title="",
        source_url="", cities=inline_formset([{"city": turin.pk}]),
    )  # fmt: skip

    assert re.findall(r'<span class="chip">(.*?)</span>', html) == ["Torino", "2016"]
    assert "/it/citta/torino/" in html


@pytest.mark.parametrize(
    ("years", "wrong"),
    [
        pytest.param({"start_year": 2016, "end_year": 2010, "ongoing": ""}, "end_year", id="ends before it begins"),
        pytest.param({"start_year": 2016, "end_year": 2018, "ongoing": "on"}, "ongoing", id="ended and still going on"),
    ],
)
def test_good_practice_refuses_years_that_contradict(
    publisher: Client, practices: GoodPracticeIndexPage, turin: City, years: dict[str, Any], wrong: str
):
    cities = inline_formset([{"city": turin.pk}])

    errors = sent(
        publisher, practices, GoodPracticePage, date_text="", topics=[], grant="", source_title="", source_url="", cities=cities, **years,
    )  # fmt: skip

    assert list(errors) == [wrong]


def test_good_practice_needs_a_city(publisher: Client, practices: GoodPracticeIndexPage):
    errors = sent(
        publisher, practices, GoodPracticePage, start_year=2016, end_year="", date_text="", topics=[], grant="", source_title="",
        source_url="", cities=inline_formset([]),
    )  # fmt: skip

    assert list(errors) == ["cities"]


@pytest.mark.parametrize("model", [ProjectPage, AgreementPage, GoodPracticePage])
def test_topics_follow_into_every_language(model: type):
    fields = {field.field_name: field for field in get_translatable_fields(model)}

    assert isinstance(fields["topics"], SynchronizedField)


# In the lists


def choices(client: Client, name: str, query: str = "") -> dict[str, int]:
    facets = client.get(f"/it/buone-pratiche/{query}").context["finder"].facets
    facet = next(facet for facet in facets if facet["name"] == name)
    return {choice["value"]: choice["count"] for choice in facet["choices"]}


def test_years_hold_what_went_on_in_them(client: Client, practices: GoodPracticeIndexPage, turin: City, publish):
    this_year = timezone.localdate().year
    practice(practices, publish, "ended", turin, 2010, end_year=2012)
    practice(practices, publish, "once", turin, 2012)
    practice(practices, publish, "goes-on", turin, this_year - 1, ongoing=True)

    assert choices(client, "year") == {
        str(this_year): 1, str(this_year - 1): 1, "2012": 2, "2011": 1, "2010": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("?year=2012", {"ended", "once"}, id="one year"),
        pytest.param("?year=2011&year=2012", {"ended", "once"}, id="two years"),
        pytest.param("?year=2013", set(), id="a year without any"),
        pytest.param("?year=2012&country=IT", {"ended"}, id="year and country"),
        pytest.param("?year=2012&country=XX&year=abc", {"ended", "once"}, id="values that nobody knows"),
    ],
)
def test_finder_narrows_down(client: Client, practices, turin: City, publish, query: str, found: set[str]):
    lublin = City.objects.create(slug="lublin", name="Lublin", country="PL")
    practice(practices, publish, "ended", turin, 2010, end_year=2012)
    practice(practices, publish, "once", lublin, 2012)

    pages = client.get(f"/it/buone-pratiche/{query}").context["finder"].page.object_list

    assert {page.slug for page in pages} == found


def test_counts_stand_for_what_a_choice_would_show(client: Client, practices, turin: City, publish):
    lublin = City.objects.create(slug="lublin", name="Lublin", country="PL")
    practice(practices, publish, "a", turin, 2010)
    practice(practices, publish, "b", turin, 2012)
    two_cities = GoodPracticePage(title="c", slug="c", start_year=2012)
    for city in (turin, lublin):
        two_cities.cities.add(two_cities.cities.model(city=city))
    publish(practices, two_cities)

    assert choices(client, "country", "?year=2012") == {"IT": 2, "PL": 1}
    assert choices(client, "country", "?year=2012&country=PL") == {"IT": 2, "PL": 1}
    assert choices(client, "year", "?country=PL") == {"2012": 1}


def test_events_of_several_days_count_once(client: Client, home: HomePage, publish):
    events = publish(home, EventIndexPage(title="Agenda", slug="agenda"))
    for number in (1, 2):
        edition = Edition.objects.create(slug=f"e{number}", label="E", kind="event", status="published")
        for day in (1, 2, 3):
            Meeting.objects.create(
                edition=edition, date=timezone.localdate() + datetime.timedelta(days=day), starts_at="18:00", ends_at="20:00"
            )  # fmt: skip
        publish(events, EventPage(title=f"E{number}", slug=f"e{number}", kind="festival", edition=edition))

    finder = client.get("/it/agenda/").context["finder"]

    assert finder.count == 2
    assert [(choice["value"], choice["count"]) for choice in finder.facets[0]["choices"]] == [("festival", 2)]


def test_words_are_looked_for_in_the_language_of_the_list(client: Client, practices, turin: City, publish):
    practice(practices, publish, "cittadinanza", turin, 2010)

    shown_to_an_english_reader = client.get("/en/buone-pratiche/?q=cittadinanza").context["finder"]

    assert shown_to_an_english_reader.count == 1


# On the page


def test_city_of_a_practice_leads_to_it_where_there_is_a_list_of_cities(
    client: Client, practices, turin, home, publish
):
    practice(practices, publish, "orti", turin, 2010)
    assert "Torino" in client.get("/it/buone-pratiche/orti/").content.decode()
    assert "/torino/" not in client.get("/it/buone-pratiche/orti/").content.decode()

    publish(home, CityIndexPage(title="Città", slug="luoghi"))

    assert '<a href="/it/luoghi/torino/">Torino</a>' in client.get("/it/buone-pratiche/orti/").content.decode()


# What stands in the lists


def on_a_day(slug: str, *, days: int = 7, **values: Any) -> Edition:
    """An edition that meets once, so many days from now."""
    edition = Edition.objects.create(**{"slug": slug, "label": slug, "status": "published", "places": 10, **values})
    day = timezone.localdate() + datetime.timedelta(days=days)
    Meeting.objects.create(edition=edition, date=day, starts_at="18:00", ends_at="20:00")
    return edition


@pytest.fixture
def events(home: HomePage, publish) -> dict[str, EventPage]:
    """An event in each state that the desk may give it."""
    index = publish(home, EventIndexPage(title="Agenda", slug="agenda"))
    return {
        status: publish(
            index,
            EventPage(
                title=status, slug=status, kind="festival", edition=on_a_day(status, kind="event", status=status)
            ),
        )
        for status in ("published", "cancelled", "draft")
    }


def test_agenda_says_what_is_cancelled_and_keeps_drafts_back(client: Client, events):
    finder = client.get("/it/agenda/").context["finder"]

    told = {page.slug: page.card["state"] and str(page.card["state"]["label"]) for page in finder.page.object_list}
    assert told == {"published": None, "cancelled": "annullato"}
    assert finder.count == 2


def test_front_page_announces_only_what_takes_place(client: Client, events):
    assert [page.slug for page in client.get("/it/").context["next_events"]] == ["published"]


@pytest.mark.parametrize(("status", "shown"), [("published", True), ("cancelled", False), ("draft", False)])
def test_page_of_an_event_tells_its_day_only_if_it_takes_place(client: Client, events, status: str, shown: bool):
    response = client.get(f"/it/agenda/{status}/")

    assert ("calendar.ics" in response.content.decode()) == shown
    assert ("edition" in response.context) == (status != "draft")


def test_projects_without_a_known_start_come_last(client: Client, home: HomePage, publish):
    index = publish(home, ProjectIndexPage(title="Progetti", slug="progetti"))
    for slug, start in (("old", "2011-10"), ("unknown", ""), ("new", "2024")):
        grant = Grant.objects.create(slug=slug, acronym=slug, title="T", start=start)
        publish(index, ProjectPage(title=slug, slug=slug, grant=grant))
    publish(index, ProjectPage(title="alone", slug="alone"))

    listed = client.get("/it/progetti/").context["finder"].page.object_list

    assert [page.slug for page in listed] == ["new", "old", "alone", "unknown"]


# What a page tells from its record


@pytest.fixture
def agreement(home: HomePage, publish) -> Agreement:
    agreement = Agreement.objects.create(
        slug="morocco", kind="memorandum", partner="Ministère", partner_kind="ministry", country="MA", official=True
    )
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))
    publish(index, AgreementPage(title="Marocco", slug="marocco", agreement=agreement))
    return agreement


def facts(client: Client, path: str) -> list[tuple[str, str]]:
    """Questions and answers of the box beside the text."""
    html = client.get(path).content.decode()
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    return [(question, " ".join(re.sub("<[^>]+>", " ", answer).split())) for question, answer in rows]


def test_agreement_tells_its_facts(client: Client, agreement: Agreement):
    assert facts(client, "/it/accordi/marocco/") == [
        ("Tipo", "Protocollo d’intesa relazione ufficiale della città"),
        ("Con", "Ministère ministero"),
        ("Paese o territorio", "Marocco"),
        ("Stato", "attivo"),
    ]


def test_name_that_an_editor_chose_stands_above_the_usual_one(client: Client, agreement: Agreement):
    AgreementLabel.objects.create(agreement=agreement, what="country", language="it", text="Regno del Marocco")

    assert ("Paese o territorio", "Regno del Marocco") in facts(client, "/it/accordi/marocco/")


def test_agreement_without_steps_has_no_empty_fact_on_its_card(client: Client, agreement: Agreement):
    (page,) = client.get("/it/accordi/").context["finder"].page.object_list

    assert page.card["meta"] == AgreementPage.objects.get().card["meta"] == ["Protocollo d’intesa"]
