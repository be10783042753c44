"""What a page costs in queries, and that it costs the same however many rows there are and whatever its body holds.

Ceilings: front page 14, lists and finders 10, pages 10, search 8. Measured as an anonymous reader meets the site: with
menus and site settings cached, without a session.
"""

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
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
from foundation_site.core.blocks.body import BodyBlock
from foundation_site.core.media import FoundationDocument, FoundationImage
from foundation_site.core.taxonomy import Topic
from home.demo.loader import load_demo
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

LINK = {"text": "", "page": None, "service": "", "url": ""}


def every_block(
    pages: list[Page], pictures: list[FoundationImage], document: FoundationDocument
) -> list[tuple[str, Any]]:
    """A body with every kind of block; those that choose pages choose all of these, and the words link to them."""
    words = "".join(f'<p><a linktype="page" id="{page.pk}">Qui</a>.</p>' for page in pages)
    words += f'<p><a linktype="document" id="{document.pk}">Lo statuto</a></p>'
    shown = [{"image": picture, "alt": "Una piazza", "caption": ""} for picture in pictures]
    return [
        ("heading", {"text": "Prima parte", "level": "h2"}),
        ("text", words),
        ("image", shown[0]),
        ("gallery", shown),
        ("quote", {"text": "الجار قبل الدار", "language": "ar", "source": "", "translation": "Prima il vicino"}),
        ("table", {"caption": "Orari", "header": ["Giorno"], "rows": [{"cells": ["Lunedì"]}]}),
        ("accordion", [{"title": "Dove?", "text": words}, {"title": "Quando?", "text": words}]),
        *(("call_to_action", {"title": "Vieni", "text": "", "link": {**LINK, "page": page}}) for page in pages),
        ("people", [{"name": "Amina", "role": "", "text": "", "languages": "", "image": picture} for picture in pictures]),
        ("documents", [{"document": document, "title": ""}]),
        ("embed", {"url": "https://example.org/", "title": "Un’intervista"}),
        ("figures", [{"value": "1", "label": "Una", "source": "Comune", "date": "2024"}]),
        ("timeline", [{"date": "2010", "title": "Nasce", "text": ""}]),
        ("pages", {"title": "Leggi anche", "pages": pages}),
        ("pages", {"title": "Ancora", "pages": pages[::-1]}),
    ]  # fmt: skip


@pytest.fixture
def tree(home: HomePage, publish: Callable[..., Any], locales) -> Callable[..., None]:
    """Makes every index page with `number` pages below it, each with a picture, topics and a full record; then gives
    every page that is measured a body with all blocks, which choose `chosen` pages of each type."""

    def plant(number: int, *, chosen: int = 1) -> None:
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
            common = {"slug": f"p{i}", "introduction": "Due parole.", "image": picture(i)}
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
        publish(home, StandardPage(title="Chi siamo", slug="chi-siamo", introduction="Noi.", image=picture(99)))
        write_bodies(chosen)

    return plant


def write_bodies(chosen: int) -> None:
    document = FoundationDocument.objects.create(title="Statuto", file=ContentFile(b"%PDF", name="statuto.pdf"))
    pages = [*Page.objects.filter(depth=3), *Page.objects.filter(depth=4, slug__in=[f"p{i}" for i in range(chosen)])]
    body = every_block(pages, [picture(100 + i) for i in range(chosen)], document)
    assert {kind for kind, _value in body} == set(BodyBlock().child_blocks)
    for page in Page.objects.filter(depth__gt=1).exclude(depth=4, slug__gt="p0").specific():
        page.body = body
        page.save()


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
    *(f"/ar/{slug}/p0/" for slug in INDEXES),  # shown in Italian
]


def cost(client: Client, path: str) -> int:
    """Queries of a page that somebody has seen before: renditions made, menus cached."""
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def ceiling(path: str) -> int:
    if path in ("/it/", "/ar/"):
        return HOME
    return SEARCH if path.startswith(("/it/search/", "/ar/search/")) else PAGE


@pytest.mark.parametrize("number", [1, 3], ids=["one row", "three rows"])
def test_pages_stay_under_their_ceiling(client: Client, tree, number: int):
    tree(number, chosen=number)

    costs = {path: cost(client, path) for path in PATHS}

    assert {path: queries for path, queries in costs.items() if queries > ceiling(path)} == {}


def test_pages_cost_the_same_with_more_rows_and_more_in_their_body(client: Client, tree):
    tree(2)
    two = {path: cost(client, path) for path in PATHS}
    for index in INDEXES:
        more(index)
    write_bodies(chosen=2)

    five = {path: cost(client, path) for path in PATHS}

    assert {path: (two[path], five[path]) for path in PATHS if five[path] > two[path]} == {}


def test_demonstration_stays_under_the_ceilings(client: Client, db):
    load_demo(lambda _step: None, "a-long-password-for-tests", languages=["it", "ar"])
    shrink_pictures()
    italian = Page.objects.live().filter(depth__gt=1, locale__language_code="it")
    paths = [*(page.url_path.removeprefix("/home/") for page in italian), "citta/tanger/", "search/?q=arabo"]

    costs = {path: cost(client, path) for code in ("it", "ar") for path in (f"/{code}/{path}" for path in paths)}

    assert len(paths) > 80
    assert {path: queries for path, queries in costs.items() if queries > ceiling(path)} == {}


def more(index: str) -> None:
    """Three more pages in a list: copies of its last, published."""
    page = Page.objects.get(url_path=f"/home/{index}/p1/").specific
    for number in range(3):
        page.copy(
            update_attrs={"slug": f"copy-{number}", "title": f"{page.title} {number}"},
            copy_revisions=False,
            keep_live=True,
        )


def shrink_pictures() -> None:
    """Small ones are soon drawn in each size; the queries are the same."""
    for image in FoundationImage.objects.all():
        Image.new("RGB", (16, 9)).save(image.file.path)
    FoundationImage.objects.update(width=16, height=9)
