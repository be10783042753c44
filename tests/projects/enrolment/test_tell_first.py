"""Who wants to be told first of the next edition of a course: asked once, confirmed by letter, told once, then forgotten."""

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation_site.core import robots
from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.enrol import Contact
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.forget import forget, forget_interests
from projects.enrolment.domain.interest import ask_to_be_told, confirm_interest, take_out
from projects.enrolment.domain.tell_first import called
from projects.enrolment.models import Course, CourseName, EditionName, Interest

SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def wish(course, now):
    """Somebody asks to be told first, and confirms that our letter reached her: `wish("Samira", language="ar")`."""

    def make(name: str, *, confirmed: bool = True, course: Course = course, at=now, **facts: str) -> Interest:
        facts = {"email": f"{name.lower()}@example.org"} | facts if "phone" not in facts else facts
        contact = Contact(**{"name": name, "language": "it", **facts})
        asked = ask_to_be_told(course, contact=contact, now=at)
        return confirm_interest(asked, now=at) if confirmed else asked

    return make


def letters(template: str):
    return Letter.objects.filter(template=f"enrolment/mail/{template}").order_by("created_at")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def typed(**fields: str) -> dict[str, str]:
    """The form as a person sends it, some seconds after she opened it."""
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    return {"name": "", "email": "", "phone": "", "language": "en", "homepage": "", "stamp": stamp, **fields}


# Asking


def test_a_stranger_gets_a_letter_and_is_told_nothing_before_she_confirms(wish, make_edition, course, now):
    interest = wish("Samira", confirmed=False, language="en")
    announce(make_edition(course=course), now=now - timedelta(days=1))

    assert [letter.subject for letter in letters("interest_confirm")] == ["Shall we tell you first? Arabo"]
    assert f"/en/enrol/told/{interest.token}/" in letters("interest_confirm").get().text
    assert not letters("interest_told").exists()


def test_asked_twice_it_is_one_wish(wish):
    first, second = wish("Samira"), wish("Samira", email="SAMIRA@example.org")

    assert first.pk == second.pk
    assert (Interest.objects.count(), letters("interest_confirm").count()) == (1, 1)
    assert ModelLogEntry.objects.filter(action="enrolment.interested").count() == 1


def test_the_database_keeps_one_open_wish_and_one_way_to_reach(wish, course):
    wish("Samira")

    for facts in ({"email": "samira@example.org"}, {"email": "a@example.org", "phone": "+393330000101"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.create(course=course, language="it", **facts)


def test_of_two_ways_the_letter_is_kept(wish):
    interest = wish("Samira", email="samira@example.org", phone="+393330000101")

    assert (interest.email, interest.phone) == ("samira@example.org", "")


def test_somebody_has_to_be_reached(wish):
    with pytest.raises(RuleViolation):
        wish("Samira", email="")


def test_a_request_that_was_confirmed_is_known(make_edition, ask, course, now):
    edition = make_edition(course=course, places=1)
    known, unknown = ask(edition, "Giulia"), ask(edition, "Samira", confirmed=False)

    for request in (known, unknown):
        contact = Contact(request.contact_name, "it", email=request.email)
        ask_to_be_told(course, contact=contact, request=request, now=now)

    assert list(Interest.objects.order_by("pk").values_list("email", "confirmed_at", "request")) == [
        ("giulia@example.org", now, known.pk),
        ("samira@example.org", None, unknown.pk),
    ]
    assert letters("interest_confirm").get().recipient == "samira@example.org"


# Telling


def test_each_is_told_once_when_the_next_edition_is_published(wish, make_edition, course, now):
    CourseName.objects.create(course=course, language="ar", text="العربية للمبتدئين")
    interest = wish("Samira", language="ar")
    wish("Irina", language="en")
    edition = make_edition(course=course, opens_at=now + timedelta(days=5))
    EditionName.objects.create(edition=edition, language="ar", text="مساءً")

    announce(edition, now=now)
    announce(edition, now=now)
    announce(make_edition("altra", course=course), now=now)

    arabic, english = letters("interest_told").order_by("language")
    assert "العربية للمبتدئين: مساءً" in arabic.subject
    assert '<html lang="ar" dir="rtl">' in arabic.html
    assert "/ar/enrol/arabo-sera/" in arabic.text
    assert f"/ar/enrol/told/{interest.token}/" in arabic.text
    assert english.subject == "There is a new edition: Arabo: Sera"
    assert "Tuesday 6 October 2026, 09:00" in english.text
    assert {wish.told_at for wish in Interest.objects.all()} == {now}


def test_a_draft_tells_nobody_and_is_told_when_it_is_published(wish, make_edition, course, now):
    wish("Samira")
    edition = make_edition(course=course, status="draft")
    announce(edition, now=now)
    assert not letters("interest_told").exists()

    edition.status = "published"
    edition.save()
    announce(edition, now=now)

    assert letters("interest_told").count() == 1


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"enrolment": "none"}, 1),
        ({"dates": (date(2026, 9, 1),)}, 0),
        ({"enrolment": "none", "dates": (date(2026, 9, 1),)}, 0),
        ({"course": None}, 0),
        ({"course": "another"}, 0),
    ],
    ids=["just come", "over", "just come, over", "an event", "another course"],
)
def test_only_what_one_can_still_go_to_is_told(wish, make_edition, course, now, facts, told):
    wish("Samira")
    if facts.get("course") == "another":
        facts = {"course": Course.objects.create(slug="altro", label="Altro", kind="other")}
    edition = make_edition(**{"course": course, **facts})

    announce(edition, now=now)
    announce(edition, now=now)

    assert letters("interest_told").count() == told


def test_who_asks_after_it_was_published_waits_for_the_next(wish, make_edition, course, now):
    edition = make_edition(course=course)
    announce(edition, now=now)
    wish("Samira", at=now + timedelta(hours=1))

    announce(edition, now=now + timedelta(hours=2))
    assert not letters("interest_told").exists()

    announce(make_edition("dopo", course=course), now=now + timedelta(days=2))
    assert letters("interest_told").get().subject.endswith("Arabo: Sera")


def test_what_was_published_while_the_letter_lay_there_is_told_on_confirming(wish, make_edition, course, now):
    interest = wish("Samira", confirmed=False)
    announce(make_edition(course=course), now=now + timedelta(hours=1))

    confirm_interest(interest, now=now + timedelta(hours=2))
    confirm_interest(interest, now=now + timedelta(hours=3))

    assert letters("interest_told").count() == 1
    assert Interest.objects.get().told_at == now + timedelta(hours=2)


def test_who_gave_a_phone_is_put_down_to_be_called_once(wish, make_edition, course, now, superuser):
    interest = wish("Samira", phone="+393330000101")
    assert called(interest, now=now, by=superuser).told_at is None

    announce(edition := make_edition(course=course), now=now)
    interest.refresh_from_db()
    assert (interest.edition, interest.told_at) == (edition, None)

    later = now + timedelta(hours=1)
    assert [called(interest, now=moment, by=superuser).told_at for moment in (later, later + timedelta(1))] == [
        later
    ] * 2
    assert ModelLogEntry.objects.get(action="enrolment.told").user == superuser
    assert not Letter.objects.exists()


def test_who_was_told_can_ask_again(wish, make_edition, course, now):
    wish("Samira")
    announce(make_edition(course=course), now=now)

    wish("Samira", at=now + timedelta(hours=1))
    announce(make_edition("dopo", course=course), now=now + timedelta(days=2))

    assert letters("interest_told").count() == 2


# Forgetting


def test_a_wish_that_is_fulfilled_goes_when_its_letter_has_left(wish, make_edition, course, now):
    wish("Samira")
    announce(make_edition(course=course), now=now)
    assert forget_interests(now=now) == 0

    Letter.objects.update(sent_at=now)

    assert forget_interests(now=now) == 1
    assert (Interest.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize(("confirmed", "days"), [(True, 730), (False, 7)], ids=["confirmed", "not confirmed"])
def test_a_wish_goes_at_its_end(wish, now, confirmed, days):
    wish("Samira", confirmed=confirmed)

    assert forget_interests(now=now + timedelta(days=days, seconds=-1)) == 0
    assert forget_interests(now=now + timedelta(days=days)) == 1
    assert (Interest.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_wish_outlives_the_request_it_came_from(make_edition, ask, course, now):
    request = ask(make_edition(course=course, dates=(date(2026, 10, 20),)), "Giulia")
    ask_to_be_told(course, contact=Contact("Giulia", "it", email=request.email), request=request, now=now)

    forget(now=now + timedelta(days=400))

    assert list(Interest.objects.values_list("email", "request")) == [("giulia@example.org", None)]


def test_taken_out_no_trace_is_left_but_a_line_without_a_name(wish):
    interest = wish("Samira", confirmed=False)
    pk = interest.pk

    take_out(interest)

    assert (Interest.objects.count(), Letter.objects.count()) == (0, 0)
    entry = ModelLogEntry.objects.get(action="enrolment.taken_out")
    assert (entry.object_id, entry.data) == (str(pk), {})
    assert "samira" not in entry.label.lower()


# On the site


@pytest.fixture
def edition(home, make_edition, course):
    return make_edition(course=course, dates=(SOON,), places=0)


def test_a_full_edition_offers_it_and_an_event_does_not(client: Client, edition, make_edition):
    make_edition("festa", places=0, dates=(SOON,))

    assert '<a href="/en/enrol/arabo-sera/tell-me/">' in text(client.get("/en/enrol/arabo-sera/"))
    assert "tell-me" not in text(client.get("/en/enrol/festa/"))
    assert client.get("/en/enrol/festa/tell-me/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({"places": 9}, False),
        ({"closes_at": timezone.now() - timedelta(days=1)}, True),
        ({"dates": (date(2020, 1, 1),)}, True),
        ({"status": "cancelled"}, True),
        ({"opens_at": timezone.now() + timedelta(days=1)}, False),
    ],
    ids=["open", "closed", "finished", "cancelled", "soon"],
)
def test_it_is_offered_where_no_place_can_be_had(client: Client, home, make_edition, course, facts, offered):
    make_edition(**{"course": course, "dates": (SOON,), **facts})

    assert ("/enrol/arabo-sera/tell-me/" in text(client.get("/en/enrol/arabo-sera/"))) == offered


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_form_and_wish_open_in_every_language(client: Client, edition, wish, language):
    interest = wish("Samira")

    pages = [client.get(f"/{language}/enrol/{path}/") for path in ("arabo-sera/tell-me", f"told/{interest.token}")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(f'<html lang="{language}"' in text(page) for page in pages)
    assert pages[1].headers["Cache-Control"] == "no-store, private"


def test_the_form_says_what_for_and_how_long(client: Client, edition):
    page = text(client.get("/en/enrol/arabo-sera/tell-me/"))

    assert "We use this only to tell you of the next edition." in page
    assert "at most 24 months; then it is deleted" in page


def test_ask_confirm_and_delete_without_signing_in(client: Client, edition):
    sent = client.post("/en/enrol/arabo-sera/tell-me/", typed(email="Samira@example.org", language="ar"), follow=True)
    interest = Interest.objects.get()
    assert sent.redirect_chain == [("/en/enrol/arabo-sera/tell-me/sent/", 302)]
    assert interest.token.split(".")[-1] not in text(sent)
    assert (interest.email, interest.language, interest.confirmed_at) == ("samira@example.org", "ar", None)

    url = f"/en/enrol/told/{interest.token}/"
    client.get(url)
    interest.refresh_from_db()
    assert interest.confirmed_at is None  # mail programs open links before people do

    confirmed = client.post(url, {"step": "confirm"}, follow=True)
    assert "We tell you first when there is a next edition." in text(confirmed)
    deleted = client.post(url, {"step": "delete"}, follow=True)
    assert "We keep nothing of you here any more." in text(deleted)
    assert (deleted.status_code, Interest.objects.count()) == (410, 0)
    assert client.post(url, {"step": "delete"}).status_code == 410


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: f"9{token}", lambda token: "x.y.z"])
def test_a_foreign_link_opens_nothing(client: Client, edition, wish, ask, change):
    interest = wish("Samira")
    request = ask(edition, "Giulia", now=timezone.now())

    for token in (change(interest.token), request.token):
        assert client.post(f"/en/enrol/told/{token}/", {"step": "delete"}).status_code == 410
    assert Interest.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": ""}, "Give an e-mail address or a phone number"),
        ({"email": "samira"}, "Enter a valid email address"),
        ({"email": "", "phone": "12"}, "not a phone number"),
        ({"name": "Win http://evil.example"}, "not an address"),
        ({"homepage": "http://spam.example"}, "a field that people do not see"),
        ({"stamp": ""}, "open for a long time"),
    ],
    ids=["nothing", "no e-mail", "no phone", "an advertisement", "a robot", "no stamp"],
)
def test_bad_input_gets_a_sentence(client: Client, edition, wrong, sentence):
    response = client.post("/en/enrol/arabo-sera/tell-me/", typed(**{"email": "s@example.org", **wrong}))

    assert response.status_code == 422
    assert sentence in text(response)
    assert (Interest.objects.count(), Letter.objects.count()) == (0, 0)


def test_nobody_can_fill_a_stranger_s_box(client: Client, edition):
    answers = [client.post("/en/enrol/arabo-sera/tell-me/", typed(email="s@example.org")) for _time in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 4 + [422] * 2
    assert letters("interest_confirm").count() == 4


def test_from_one_s_own_request_one_press_is_enough(client: Client, edition, ask):
    request = ask(edition, "Samira", language="ar", now=timezone.now())
    page = text(client.get(f"/en/enrol/request/{request.token}/"))
    assert f'action="/en/enrol/request/{request.token}/tell-me/"' in page

    answers = [client.post(f"/en/enrol/request/{request.token}/tell-me/", follow=True) for _time in range(2)]

    interest = Interest.objects.get()
    assert (interest.language, interest.request, bool(interest.confirmed_at)) == ("ar", request, True)
    assert all(f'href="/en/enrol/told/{interest.token}/"' in text(answer) for answer in answers)
    assert not letters("interest_confirm").exists()


def test_who_never_confirmed_does_not_see_what_that_address_wished(client: Client, edition, ask, wish):
    """Whoever types another's address in the form holds a request of hers, but is not her."""
    edition.places = 1
    edition.save()
    interest = wish("Samira", at=timezone.now())
    request = ask(edition, "Samira", confirmed=False, now=timezone.now() - timedelta(days=2))
    expire(now=timezone.now())

    page = client.get(f"/en/enrol/request/{request.token}/")
    sent = client.post(f"/en/enrol/request/{request.token}/tell-me/", follow=True)

    assert "Tell me first" in text(page)
    assert sent.redirect_chain == [("/en/enrol/arabo-sera/tell-me/sent/", 302)]
    assert interest.token.split(".")[-1] not in text(page) + text(sent)


def test_who_has_a_place_or_asked_for_an_event_is_not_asked(client: Client, home, make_edition, course, ask):
    has_a_place = ask(make_edition(course=course, dates=(SOON,)), "Giulia", now=timezone.now())
    event = ask(make_edition("festa", places=0, dates=(SOON,)), "Giulia", now=timezone.now())

    for request in (has_a_place, event):
        assert "tell-me" not in text(client.get(f"/en/enrol/request/{request.token}/"))
    assert client.post(f"/en/enrol/request/{event.token}/tell-me/").status_code == 404
