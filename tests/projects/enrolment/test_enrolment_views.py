"""The public way: form, request, answers; and what people and robots send that they should not."""

import re
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from foundation_site.core import robots
from foundation_site.core.mail.models import Letter
from foundation_site.core.models import SiteSettings
from home.models import StandardPage
from projects.enrolment.enums import State
from projects.enrolment.models import Edition, Enrolment

SOON = timezone.localdate() + timedelta(days=30)
RTL_OVERRIDE = "\u202e"


@pytest.fixture
def edition(home: Any, make_edition: Callable[..., Edition]) -> Edition:
    return make_edition(dates=(SOON, SOON + timedelta(days=7)), party_max=1)


def typed(**fields: Any) -> dict[str, Any]:
    """The form as a person sends it, some seconds after she opened it."""
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    blank = {"name_own_script": "", "call_me": "", "email": "", "phone": "", "homepage": ""}
    return {**blank, "name": "Giulia", "language": "it", "stamp": stamp, "request_key": str(uuid.uuid4()), **fields}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_form_opens_with_a_key_a_stamp_and_the_purpose(client: Client, edition: Edition, standard_page: StandardPage):
    SiteSettings.objects.create(site=Site.objects.get(), privacy_page=standard_page)

    response = client.get("/en/enrol/arabo-sera/")

    assert response.status_code == 200
    assert re.search(r'name="request_key" value="[0-9a-f-]{36}"', text(response))
    assert re.search(r'name="stamp" value="[^"]{20,}"', text(response))
    assert '<a href="/en/chi-siamo/">What we do with your data</a>' in text(response)
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_form_and_request_open_in_every_language(client: Client, edition: Edition, ask: Any, language: str):
    enrolment = ask(edition, "Giulia", now=timezone.now())

    form = client.get(f"/{language}/enrol/arabo-sera/")
    request = client.get(f"/{language}/enrol/request/{enrolment.token}/")

    assert (form.status_code, request.status_code) == (200, 200)
    assert f'<html lang="{language}"' in text(form)


def test_sending_the_form_keeps_a_place_and_redirects(client: Client, edition: Edition):
    response = client.post("/en/enrol/arabo-sera/", typed(email="giulia@example.org", call_me="Giu"), follow=True)

    enrolment = Enrolment.objects.get()
    assert response.redirect_chain == [(f"/en/enrol/request/{enrolment.token}/", 302)]
    assert "We keep a place for you." in text(response)
    assert "giulia@example.org" in text(response)
    assert enrolment.receipt_code in text(response)
    assert enrolment.confirmation not in text(response)
    assert Letter.objects.get().text.startswith("Hello Giu," if enrolment.language == "en" else "")


def test_a_double_click_and_the_back_button_give_the_same_request(client: Client, edition: Edition):
    form = typed(email="giulia@example.org")

    first = client.post("/en/enrol/arabo-sera/", form)
    second = client.post("/en/enrol/arabo-sera/", form)

    assert first.status_code == second.status_code == 302
    assert Enrolment.objects.count() == Letter.objects.count() == 1


def test_the_same_form_for_somebody_else_asks_to_press_again(client: Client, edition: Edition):
    form = typed(email="giulia@example.org")
    client.post("/en/enrol/arabo-sera/", form)

    asked = client.post("/en/enrol/arabo-sera/", {**form, "name": "Samira"})
    key = re.search(r'name="request_key" value="([^"]+)"', text(asked))
    client.post("/en/enrol/arabo-sera/", {**form, "name": "Samira", "request_key": key[1] if key else ""})

    assert "press the button once more" in text(asked)
    assert [enrolment.contact_name for enrolment in Enrolment.objects.all()] == ["Giulia", "Samira"]


def test_who_knows_a_name_and_an_address_does_not_get_the_request(client: Client, edition: Edition):
    client.post("/en/enrol/arabo-sera/", typed(email="giulia@example.org"))
    enrolment = Enrolment.objects.get()

    answer = Client().post("/en/enrol/arabo-sera/", typed(email="giulia@example.org"), follow=True)

    assert answer.redirect_chain == [("/en/enrol/arabo-sera/sent/", 302)]
    assert enrolment.receipt_code not in text(answer)
    assert enrolment.token.split(".")[-1] not in text(answer)
    assert list(Letter.objects.order_by("created_at").values_list("template", flat=True)) == [
        "enrolment/mail/confirm",
        "enrolment/mail/confirm",
    ]


def test_when_full_the_form_says_so_and_gives_a_number(client: Client, edition: Edition, ask: Any):
    for name in ("A", "B", "C"):
        ask(edition, f"Persona {name}", now=timezone.now())

    form = client.get("/en/enrol/arabo-sera/")
    answer = client.post("/en/enrol/arabo-sera/", typed(email="giulia@example.org"), follow=True)

    assert "all taken; 1 request is waiting" in text(form)
    assert "You are on the waiting list. Your number: 2" in text(answer)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"status": "cancelled"}, "This has been cancelled."),
        ({"enrolment": "none"}, "You need not enrol: just come."),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "Enrolment is not open yet."),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "Enrolment is closed."),
        ({"dates": (date(2020, 1, 1),)}, "This is over."),
    ],
    ids=["cancelled", "free entry", "not open yet", "closed", "over"],
)
def test_a_closed_edition_says_why(client: Client, home: Any, make_edition: Any, facts: dict, sentence: str):
    make_edition(**{"dates": (SOON,), "party_max": 1, **facts})

    shown = client.get("/en/enrol/arabo-sera/")
    sent = client.post("/en/enrol/arabo-sera/", typed(email="giulia@example.org"))

    assert sentence in text(shown)
    assert '<form class="form"' not in text(shown)
    assert sentence in text(sent)
    assert Enrolment.objects.count() == 0


def test_a_draft_is_not_there(client: Client, home: Any, make_edition: Any):
    make_edition(status="draft")

    assert client.get("/en/enrol/arabo-sera/").status_code == 404


BAD_INPUT = {
    "a name of 500 characters": ({"name": "A" * 500}, "at most 120 characters"),
    "direction override": ({"name": f"Giulia{RTL_OVERRIDE}gpj"}, "hidden characters"),
    "NUL": ({"name": "Giu\x00lia"}, "Null characters are not allowed"),
    "NUL in the e-mail": ({"email": "a\x00@example.org"}, "Null characters are not allowed"),
    "NUL in the phone": ({"email": "", "phone": "+39\x00333"}, "Null characters are not allowed"),
    "header injection": ({"name": "Giulia\nBcc: all@example.org"}, "hidden characters"),
    "header injection by e-mail": (
        {"email": "giulia@example.org\nBcc: all@example.org"},
        "Enter a valid email address",
    ),
    "an advertisement as a name": ({"name": "Win http://evil.example"}, "not an address"),
    "a name of dots": ({"name": "..."}, "with letters"),
    "no name": ({"name": " "}, "This field is required"),
    "no address": ({"email": ""}, "Give an e-mail address or a phone number"),
    "a phone that is none": ({"email": "", "phone": "12"}, "not a phone number"),
    "an unknown language": ({"language": "xx"}, "Select a valid choice"),
    "the robot's field": ({"homepage": "http://spam.example"}, "a field that people do not see"),
    "too quick": ({"stamp": "now"}, "That was very quick"),
    "no stamp": ({"stamp": ""}, "open for a long time"),
    "a foreign stamp": ({"stamp": "1:2:3"}, "open for a long time"),
}


@pytest.mark.parametrize(("wrong", "sentence"), BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_gets_a_sentence_and_loses_nothing(client: Client, edition: Edition, wrong: dict, sentence: str):
    if wrong.get("stamp") == "now":
        wrong = {"stamp": robots.new_stamp()}
    form = typed(**{"email": "giulia@example.org", "call_me": "Giu", **wrong})

    response = client.post("/en/enrol/arabo-sera/", form)

    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="Giu"' in text(response)
    assert Enrolment.objects.count() == 0


def test_whoever_was_taken_for_a_robot_only_presses_again(client: Client, edition: Edition):
    form = typed(email="giulia@example.org", stamp="", homepage="x")
    answer = client.post("/en/enrol/arabo-sera/", form)
    shown = dict(re.findall(r'name="(homepage|stamp)"(?: value="([^"]*)")?', text(answer)))
    assert shown["homepage"] == ""

    second = client.post("/en/enrol/arabo-sera/", {**form, **shown})
    shown = dict(re.findall(r'name="(homepage|stamp)"(?: value="([^"]*)")?', text(second)))
    time.sleep(robots.FASTEST_SECONDS + 0.2)
    third = client.post("/en/enrol/arabo-sera/", {**form, **shown})

    assert third.status_code == 302


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("333 000 0101", "+393330000101"),
        ("+39 333 000 0101", "+393330000101"),
        ("00212 612 345 678", "+212612345678"),
        ("+212 6-12-34-56-78", "+212612345678"),
        ("٠٣٣٣٠٠٠٠١٠١", None),
        ("+٢١٢ ٦١٢ ٣٤٥ ٦٧٨", "+212612345678"),
        ("+221 77 123 45 67", "+221771234567"),
    ],
)
def test_phones_of_all_countries(client: Client, edition: Edition, given: str, kept: str | None):
    client.post("/en/enrol/arabo-sera/", typed(phone=given))

    assert [str(enrolment.phone) for enrolment in Enrolment.objects.all()] == ([kept] if kept else [])


def test_a_child_needs_a_date_of_birth_and_a_guardian(client: Client, home: Any, make_edition: Any):
    make_edition(age_from=6, age_to=10, dates=(SOON,), party_max=1)
    declared = {"relation": "parent", "responsible": "on"}
    child = typed(name="Mateo", email="rosa@example.org", birth_date=f"{SOON.year - 8}-01-01", **declared)

    refused = client.post("/en/enrol/arabo-sera/", child)
    future = client.post(
        "/en/enrol/arabo-sera/", {**child, "birth_date": f"{SOON.year + 2}-01-01", "contact_name": "Rosa"}
    )
    too_old = client.post(
        "/en/enrol/arabo-sera/", {**child, "birth_date": f"{SOON.year - 30}-01-01", "contact_name": "Rosa"}
    )
    client.post("/en/enrol/arabo-sera/", {**child, "contact_name": "Rosa"})

    assert "enrolled by a parent or guardian" in text(refused)
    assert "This day has not come yet" in text(future)
    assert "This is for people from 6 to 10 years." in text(too_old)
    enrolment = Enrolment.objects.get()
    assert (enrolment.contact_name, enrolment.participants.get().name) == ("Rosa", "Mateo")


def test_no_date_of_birth_is_asked_without_a_rule_of_age(client: Client, edition: Edition):
    assert 'name="birth_date"' not in text(client.get("/en/enrol/arabo-sera/"))


def test_adults_only_say_that_they_are(client: Client, home: Any, make_edition: Any):
    make_edition(age_from=18, dates=(SOON,), party_max=1)

    refused = client.post("/en/enrol/arabo-sera/", typed(email="a@example.org"))
    taken = client.post("/en/enrol/arabo-sera/", typed(email="a@example.org", adult="on"))

    assert "Tick the box if you are 18 or older" in text(refused)
    assert taken.status_code == 302


# One's own request


def test_withdrawing_asks_first_and_is_calm_twice(client: Client, edition: Edition, ask: Any):
    enrolment = ask(edition, "Giulia", now=timezone.now())
    url = f"/en/enrol/request/{enrolment.token}/withdraw/"

    shown = client.get(url)
    enrolment.refresh_from_db()
    assert (shown.status_code, enrolment.state) == (200, State.ENROLLED)
    first = client.post(url, follow=True)
    second = client.post(url, follow=True)

    assert "You have withdrawn." in text(first)
    assert "You have withdrawn." in text(second)
    assert Letter.objects.filter(template="enrolment/mail/withdrawn").count() == 1


def test_an_offer_is_taken_by_a_button_not_by_opening_the_link(client: Client, edition: Edition, ask: Any):
    first, _second = (ask(edition, name, now=timezone.now()) for name in ("Giulia", "Nadia"))
    waiting = ask(edition, "Samira", now=timezone.now())
    client.post(f"/en/enrol/request/{first.token}/withdraw/")
    url = f"/en/enrol/request/{waiting.token}/"

    shown = client.get(url)
    by_get = client.get(f"{url}accept/")
    taken = client.post(f"{url}accept/", follow=True)
    again = client.post(f"{url}accept/", follow=True)

    assert "A place is free for you." in text(shown)
    assert by_get.status_code == 405
    assert "You have a place." in text(taken)
    assert "You have a place." in text(again)


def test_a_declined_offer_cannot_be_taken(client: Client, edition: Edition, ask: Any):
    first, _second = (ask(edition, name, now=timezone.now()) for name in ("Giulia", "Nadia"))
    waiting = ask(edition, "Samira", now=timezone.now())
    client.post(f"/en/enrol/request/{first.token}/withdraw/")
    url = f"/en/enrol/request/{waiting.token}/"

    declined = client.post(f"{url}decline/", follow=True)
    refused = client.post(f"{url}accept/")

    assert "You did not take the place." in text(declined)
    assert refused.status_code == 409
    assert "This request has been given up." in text(refused)


@pytest.mark.parametrize(
    "token", ["1", "1.abc.def", "x" * 300, "%00", "1.1wXyZ1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
)
def test_a_wrong_link_gets_help(client: Client, home: Any, token: str):
    response = client.get(f"/en/enrol/request/{token}/")

    assert response.status_code == 404
    assert "Perhaps a piece of the link is missing." in text(response)


def test_an_old_link_gets_help(client: Client, edition: Edition, ask: Any, monkeypatch: Any):
    enrolment = ask(edition, "Giulia", now=timezone.now())
    token = enrolment.token
    monkeypatch.setattr("projects.enrolment.models.LINK_LIFE", timedelta(seconds=-1))

    response = client.get(f"/en/enrol/request/{token}/")

    assert response.status_code == 410
    assert "This link is too old." in text(response)


def test_a_changed_link_does_not_open_another_request(client: Client, edition: Edition, ask: Any):
    mine, other = ask(edition, "Giulia", now=timezone.now()), ask(edition, "Samira", now=timezone.now())
    forged = ".".join([str(other.pk), *mine.token.split(".")[1:]])

    assert client.get(f"/en/enrol/request/{forged}/").status_code == 404


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("giulia@example.org", True),
        (" Giulia@Example.ORG ", True),
        ("333 000 0101", True),
        ("0039 3330000101", True),
        ("samira@example.org", False),
        ("333 000 0102", False),
        ("nobody", False),
        ("\x00", False),
    ],
)
def test_find_by_receipt_code(client: Client, edition: Edition, ask: Any, contact: str, found: bool):
    enrolment = ask(edition, "Giulia", phone="+393330000101", now=timezone.now())
    code = f" {enrolment.receipt_code[:4].lower()}-{enrolment.receipt_code[4:]}"

    response = client.post("/en/enrol/find/", {"receipt_code": code, "contact": contact})

    assert response.status_code == (302 if found else 422)
    assert ("/request/" in response.headers.get("Location", "")) == found


def test_find_is_not_guessed(client: Client, edition: Edition, ask: Any):
    enrolment = ask(edition, "Giulia", now=timezone.now())
    for _try in range(10):
        client.post("/en/enrol/find/", {"receipt_code": enrolment.receipt_code, "contact": "x@example.org"})

    response = client.post("/en/enrol/find/", {"receipt_code": enrolment.receipt_code, "contact": "giulia@example.org"})

    assert "There were many tries" in text(response)


def test_calendars(client: Client, edition: Edition, ask: Any):
    enrolment = ask(edition, "Giulia", now=timezone.now())

    own = client.get(f"/en/enrol/request/{enrolment.token}/calendar.ics")
    public = client.get("/en/enrol/arabo-sera/calendar.ics")

    assert own.headers["Content-Type"] == public.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert own.content.count(b"BEGIN:VEVENT") == public.content.count(b"BEGIN:VEVENT") == 2


def test_a_stranger_s_letter_box_is_not_filled(client: Client, edition: Edition):
    names = ["Anna", "Bea", "Carla", "Dina", "Elsa", "Fara", "Gina", "Hana", "Ida", "Lia"]

    answers = [
        client.post("/en/enrol/arabo-sera/", typed(name=name, email="somebody@example.org")).status_code
        for name in names
    ]

    assert answers == [302] * 8 + [422] * 2
    assert Letter.objects.filter(recipient="somebody@example.org").count() == 8


def test_one_place_does_not_fill_a_class(client: Client, make_edition: Callable[..., Edition], home: Any):
    make_edition(slug="molti", dates=(SOON,), places=None, party_max=1)

    answers = [
        client.post("/en/enrol/molti/", typed(name="Anna", email=f"a{number}@example.org")) for number in range(61)
    ]

    assert [answer.status_code for answer in answers] == [302] * 60 + [422]
    assert "That was often in a short time" in text(answers[-1])
    assert 'value="a60@example.org"' in text(answers[-1])
