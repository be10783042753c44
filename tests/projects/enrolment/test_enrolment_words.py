"""What letters say: how places are given, why the answer is as it is, and the words that editors write."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from foundation_site.core.mail.models import Letter
from foundation_site.core.mail.tasks import message
from foundation_site.core.opening_hours import OpeningHours, OpeningTime
from foundation_site.users.models import User
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.draw import draw, freeze_list
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.emails import sample
from projects.enrolment.enums import LetterKind
from projects.enrolment.models import Edition, LetterText, PriorityRule
from projects.enrolment.validators import validate_placeholders

ROME = ZoneInfo("Europe/Rome")
CLOSES = datetime(2026, 10, 10, 12, 0, tzinfo=ROME)
ARRIVAL = "Places go in order of arrival. When they are all taken, you go on the waiting list."
READ_FOR_A_DRAW = {"editionname": 1, "lettertext": 1, "meeting": 1, "priorityrule": 2}  # however many are written to
TOGETHER = "Who asks together gets a place together or not at all. If fewer places are free than you are, the next who fits is served, and you stay first in line."
KEPT = "A place that becomes free is offered to the next in line and kept for 3 days."


def last(template: str) -> Letter:
    return Letter.objects.filter(template=f"enrolment/mail/{template}").latest("created_at")


@pytest.fixture
def lottery(make_edition: Any, now: datetime) -> Edition:
    edition = make_edition(enrolment="draw", closes_at=CLOSES, draws_at=CLOSES + timedelta(days=1), places=1)
    PriorityRule.objects.create(edition=edition, kind="resident")
    announce(edition, now=now)
    return edition


# Terms


def test_every_letter_says_how_places_are_given(make_edition: Any, ask: Any, now: datetime):
    edition = make_edition(places=1)
    giulia, _samira = ask(edition, "Giulia", language="en"), ask(edition, "Samira", language="en")
    withdraw(giulia, now=now)

    letters = list(Letter.objects.all())

    assert {letter.template.rsplit("/")[-1] for letter in letters} == {
        "confirm",
        "enrolled",
        "waiting",
        "withdrawn",
        "offer",
    }
    assert all(f"How places are given:\n{ARRIVAL}\n{TOGETHER}\n{KEPT}\n" in letter.text for letter in letters)


def test_page_form_request_and_letter_say_the_same(home: Any, client: Client, make_edition: Any, ask: Any):
    edition = make_edition(dates=())
    giulia = ask(edition, "Giulia", language="en", confirmed=False)

    pages = [client.get(f"/en/enrol/{edition.slug}/"), client.get(f"/en/enrol/request/{giulia.token}/")]

    for sentence in (ARRIVAL, TOGETHER, KEPT):
        assert sentence in last("confirm").text
        assert all(sentence in " ".join(page.content.decode().split()) for page in pages)


def test_opening_days_are_published_and_kept(make_edition: Any, ask: Any, now: datetime):
    hours = OpeningHours.load()
    OpeningTime.objects.create(hours=hours, weekday=0, opens_at="09:00", closes_at="13:00")
    OpeningTime.objects.create(hours=hours, weekday=2, opens_at="09:00", closes_at="17:00")
    edition = make_edition(places=1, offer_days=2, offer_in_opening_days=True)
    announce(edition, now=now)
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira", language="en")

    withdraw(giulia, now=now)  # a Thursday

    samira.refresh_from_db()
    assert samira.offer_expires_at == datetime(2026, 10, 7, 17, 0, tzinfo=ROME)
    assert "kept for 2 opening days; days on which we are closed do not count." in last("offer").text
    assert edition.terms.get().rules["offer_in_opening_days"] is True


# Why


def test_who_came_in_order_of_arrival_reads_her_number(make_edition: Any, ask: Any):
    edition = make_edition(places=1)
    for name in ("Giulia", "Samira"):
        ask(edition, name, language="en")

    assert "\nYou asked as number 1.\n" in last("enrolled").text
    assert "\nYou asked as number 2.\n" in last("waiting").text


def test_who_was_drawn_reads_rank_places_and_group(lottery: Edition, ask: Any):
    ask(lottery, "Giulia", language="en")
    ask(lottery, "Samira", language="en", declared=["resident"])

    draw(lottery, now=CLOSES + timedelta(days=1))

    assert (
        "You were drawn as number 1 of 2; there was 1 place. You were in the group: people who live in the municipality."
        in last("enrolled").text
    )
    assert (
        "You were drawn as number 2 of 2; there was 1 place. You were in the group: everybody else."
        in last("waiting").text
    )
    assert "Places are drawn by lot. You can ask until 10 October 2026" in last("waiting").text


# Form


@pytest.mark.parametrize("language", ["ar", "it"])
def test_both_forms_say_the_same_and_nothing_is_fetched(make_edition: Any, ask: Any, language: str):
    ask(make_edition(), "Giulia", language=language, confirmed=False)

    letter = last("confirm")
    kinds = [part.get_content_type() for part in message(letter).message().walk() if not part.is_multipart()]
    words = unescape(re.sub(r"<[^>]+>", "", letter.html.split("</h1>")[1]))

    assert kinds == ["text/plain", "text/html"]
    assert "".join(words.split()) == "".join(letter.text.split())
    assert not re.search(r"src=|<img|<link|<script|url\(|@import", letter.html)


def test_foreign_names_in_an_arabic_letter_keep_their_direction(make_edition: Any, ask: Any):
    giulia = ask(make_edition(), "Giulia", language="ar")

    assert f'<bdi lang="it">{giulia.receipt_code}</bdi>' in last("enrolled").html


@pytest.mark.parametrize("number", [2, 5])
def test_letters_of_one_draw_read_their_edition_once(lottery: Edition, ask: Any, number: int):
    for each in "abcde"[:number]:
        ask(lottery, f"Persona {each}", language="en")

    freeze_list(lottery, now=CLOSES)

    with CaptureQueriesContext(connection) as asked:
        draw(lottery, now=CLOSES + timedelta(days=1))

    reads = " ".join(query["sql"] for query in asked if query["sql"].startswith("SELECT"))
    tables = ("editionname", "lettertext", "meeting", "priorityrule")
    assert {table: reads.count(f'FROM "enrolment_{table}"') for table in tables} == READ_FOR_A_DRAW


# Words of editors


def test_words_of_editors_stand_in_their_letter_and_language_only(make_edition: Any, ask: Any):
    LetterText.objects.create(
        letter="waiting", language="en", subject="Patience, {name}: {course}", opening="We know that {people} wait."
    )
    edition = make_edition(places=1)
    for name, language in (("Giulia", "en"), ("Samira", "en"), ("Irina", "fr")):
        ask(edition, name, language=language)
    english, french = (Letter.objects.get(template="enrolment/mail/waiting", language=code) for code in ("en", "fr"))

    assert english.subject == "Patience, Samira: Sera"
    assert english.text.startswith(
        "Hello Samira,\n\nWe know that Samira wait.\n\nSera\nSamira\n\nYour number on the list: 1\n"
    )
    assert "Patience" not in french.subject
    assert last("enrolled").subject == "You have a place: Sera"


def test_an_empty_text_is_the_built_in_one(make_edition: Any, ask: Any):
    LetterText.objects.create(letter="enrolled", language="en", opening="Welcome!")

    ask(make_edition(), "Giulia", language="en")

    letter = last("enrolled")
    assert letter.subject == "You have a place: Sera"
    assert letter.text.startswith("Hello Giulia,\n\nWelcome!\n\nSera\n")


def test_words_are_no_template_and_no_markup():
    words = LetterText(subject="{name}", opening="{{ x }} {% y %} <b>{name}</b> %(z)s")

    assert words.filled({"name": "{course}\n<i>", "course": "secret"}) == {
        "subject": "{course} <i>",
        "opening": "{{ x }} {% y %} <b>{course}\n<i></b> %(z)s",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello {nome}", "{nome} is not known here. You can write: {name}, {course}, {people}."),
        ("Hello {name.__class__}", "A brace is missing or stands alone. You can write: {name}, {course}, {people}."),
        ("Hello {name", "A brace is missing or stands alone. You can write: {name}, {course}, {people}."),
        ("Hello name}", "A brace is missing or stands alone. You can write: {name}, {course}, {people}."),
        ("Hello {}", "A brace is missing or stands alone. You can write: {name}, {course}, {people}."),
    ],
)
def test_a_wrong_placeholder_is_refused_in_a_sentence(text: str, sentence: str):
    with override("en"), pytest.raises(ValidationError) as refused:
        validate_placeholders(text)

    with override("en"):
        assert refused.value.messages == [sentence]


@given(st.text(), st.text())
def test_what_may_be_saved_can_be_filled(text: str, name: str):
    try:
        validate_placeholders(text)
    except ValidationError:
        return

    opening = LetterText(opening=text).filled({"name": name, "course": "c", "people": "p"})["opening"]

    assert opening == text.replace("{course}", "c").replace("{people}", "p").replace("{name}", name)


@pytest.mark.parametrize("letter", LetterKind.values)
def test_every_letter_can_be_looked_at(db: None, now: datetime, letter: str):
    words = LetterText(letter=letter, language="ar", subject="{name}", opening="{course}")

    shown = sample(words, now=now)

    assert shown.subject == "Samira"
    assert "الإيطالية للجميع: مساءً" in shown.text
    assert ("ABCD2345" in shown.text) == (letter != LetterKind.CERTIFICATE)  # which has a code of its own
    assert Letter.objects.count() == 0


def test_editors_write_words_look_at_them_and_the_change_is_logged(home: Any, client: Client, superuser: User):
    client.force_login(superuser)
    form = {"letter": "offer", "language": "it", "subject": "{name}, c'è posto", "opening": "Evviva!"}

    refused = client.post("/admin/enrolment_letter/new/", {**form, "subject": "{nome}"})
    saved = client.post("/admin/enrolment_letter/new/", form)

    words = LetterText.objects.get()
    shown = client.get(saved.headers["Location"]).content.decode()
    assert (refused.status_code, saved.headers["Location"]) == (200, f"/admin/enrolment_letter/inspect/{words.pk}/")
    assert "Samira, c&#x27;è posto" in shown
    assert "Evviva!" in shown
    edited = client.post(f"/admin/enrolment_letter/edit/{words.pk}/", {**form, "opening": ""})
    assert edited.status_code == 302
    assert client.get("/admin/enrolment_letter/").status_code == 200
    logged = ModelLogEntry.objects.filter(object_id=str(words.pk)).order_by("pk").values_list("action", "user")
    assert list(logged) == [("wagtail.create", superuser.pk), ("wagtail.edit", superuser.pk)]
