"""What a page costs in queries, and that it costs the same however many rows there are.

Ceilings: front page 14, lists and finders 10, pages 10, search 8. Measured as an anonymous reader meets the site: with
menus and site settings cached, without a session.
"""

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from associations.membership.models import Association, AssociationCommunity, AssociationField, Membership
from associations.models import AssociationIndexPage, AssociationPage, CityIndexPage, CityPage
from associations.places.models import City, CityName
from foundation_site.core.media import FoundationImage
from foundation_site.core.taxonomy import Topic
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from projects.agreements.models import Agreement, AgreementLabel, Promise, Step
from projects.enrolment.models import Course, Edition, Meeting
from projects.funding.models import Grant, Partner, Programme
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

HOME, PAGE, SEARCH = 14, 10, 8

BODY = [
    ("heading", {"text": "Prima parte", "level": "h2"}),
    ("text", "<p>Parole.</p>"),
    ("quote", {"text": "الجار قبل الدار", "language": "ar", "source": "", "translation": "Prima il vicino"}),
]


@pytest.fixture
def tree(home: HomePage, publish: Callable[..., Any], locales) -> Callable[[int], None]:
    """Makes every index page with `number` pages below it, each with a picture, topics and a full record."""

    def plant(number: int) -> None:
        topic = Topic.objects.create(name="Educazione", slug="education", locale=locales["it"])
        programme = Programme.objects.create(slug="rec", name="REC", funder="eu")
        places = {
            "notizie": NewsIndexPage, "progetti": ProjectIndexPage, "accordi": AgreementIndexPage, "agenda": EventIndexPage,
            "corsi": CourseIndexPage, "buone-pratiche": GoodPracticeIndexPage, "associazioni": AssociationIndexPage, "citta": CityIndexPage,
        }  # fmt: skip
        index = {
            slug: publish(home, model(title=slug, slug=slug, introduction="Qui.")) for slug, model in places.items()
        }
        for i in range(number):
            common = {"slug": f"p{i}", "introduction": "Due parole.", "image": picture(i), "body": BODY}
            city = City.objects.create(slug=f"city-{i}", name=f"City {i}", country="IT")
            CityName.objects.create(city=city, language="it", text=f"Città {i}")
            grant = Grant.objects.create(
                slug=f"g{i}", acronym=f"G{i}", title="Title", programme=programme, start="2020"
            )
            Partner.objects.create(grant=grant, name="ICEI")
            agreement = Agreement.objects.create(slug=f"a{i}", kind="twinning", partner=f"Partner {i}", country="FR")
            AgreementLabel.objects.create(agreement=agreement, what="partner", language="it", text=f"Compagno {i}")
            Step.objects.create(agreement=agreement, kind="signature", date="1963")
            Promise.objects.create(agreement=agreement, number=1)
            course = Course.objects.create(slug=f"c{i}", label=f"Corso {i}", kind="italian", language="it")
            for key, owner in (("e", course), ("v", None)):
                edition = Edition.objects.create(
                    slug=f"{key}{i}",
                    label="Sera",
                    course=owner,
                    status="published",
                    places=20,
                    kind="course" if owner else "event",
                )
                for week in range(3):
                    Meeting.objects.create(
                        edition=edition, date=timezone.localdate() + datetime.timedelta(weeks=week + 1),
                        starts_at=datetime.time(18), ends_at=datetime.time(20),
                    )  # fmt: skip
            association = Association.objects.create(slug=f"s{i}", name=f"Associazione {i}", legal_form="aps")
            AssociationCommunity.objects.create(association=association, country="MA")
            AssociationField.objects.create(association=association, field="culture")
            Membership.objects.create(association=association, number=i + 1, since=datetime.date(2020, 1, 1))
            publish(index["notizie"], NewsPage(title=f"Notizia {i}", topics=[topic], **common))
            publish(index["progetti"], ProjectPage(title=f"Progetto {i}", grant=grant, topics=[topic], **common))
            page = AgreementPage(title=f"Accordo {i}", agreement=agreement, topics=[topic], **common)
            page.promise_texts.add(page.promise_texts.model(number=1, title="Un teatro", locale=locales["it"]))
            publish(index["accordi"], page)
            publish(
                index["agenda"],
                EventPage(title=f"Evento {i}", kind="conference", edition=Edition.objects.get(slug=f"v{i}"), **common),
            )
            publish(index["corsi"], CoursePage(title=f"Corso {i}", course=course, **common))
            practice = GoodPracticePage(
                title=f"Pratica {i}", start_year=2016, ongoing=True, grant=grant, topics=[topic], **common
            )
            practice.cities.add(practice.cities.model(city=city))
            publish(index["buone-pratiche"], practice)
            publish(
                index["associazioni"], AssociationPage(title=f"Associazione {i}", association=association, **common)
            )
            publish(index["citta"], CityPage(title=f"Città {i}", city=city, **common))
        publish(
            home, StandardPage(title="Chi siamo", slug="chi-siamo", introduction="Noi.", image=picture(99), body=BODY)
        )

    return plant


def picture(number: int) -> FoundationImage:
    file = BytesIO()
    Image.new("RGB", (1600, 900), (number, 90, 90)).save(file, "WEBP")
    return FoundationImage.objects.create(
        title=f"picture {number}", file=ImageFile(file, name=f"{number}.webp"), only_decorates=True
    )


INDEXES = ["notizie", "progetti", "accordi", "agenda", "corsi", "buone-pratiche", "associazioni", "citta"]
PATHS = [
    "/it/",
    "/it/search/?q=corso",
    "/it/chi-siamo/",
    "/it/citta/city-0/",
    *(f"/it/{slug}/" for slug in INDEXES),
    *(f"/it/{slug}/p0/" for slug in INDEXES),
    "/it/buone-pratiche/?topic=education&country=IT&year=2018&q=pratica",
    "/ar/chi-siamo/",
]


def cost(client: Client, path: str) -> int:
    """Queries of a page that somebody has seen before: renditions made, menus cached."""
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def ceiling(path: str) -> int:
    if path == "/it/":
        return HOME
    return SEARCH if path.startswith("/it/search/") else PAGE


@pytest.mark.parametrize("number", [1, 3], ids=["one row", "three rows"])
def test_pages_stay_under_their_ceiling(client: Client, tree, number: int):
    tree(number)

    costs = {path: cost(client, path) for path in PATHS}

    assert {path: queries for path, queries in costs.items() if queries > ceiling(path)} == {}


def test_pages_cost_the_same_with_more_rows(client: Client, tree):
    tree(2)
    two = {path: cost(client, path) for path in PATHS}
    for index in INDEXES:
        more(index)

    five = {path: cost(client, path) for path in PATHS}

    assert {path: (two[path], five[path]) for path in PATHS if five[path] > two[path]} == {}


def more(index: str) -> None:
    """Three more pages in a list: copies of its last, published."""
    page = Page.objects.get(url_path=f"/home/{index}/p1/").specific
    for number in range(3):
        page.copy(
            update_attrs={"slug": f"copy-{number}", "title": f"{page.title} {number}"},
            copy_revisions=False,
            keep_live=True,
        )
