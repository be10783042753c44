"""Meetings that are cancelled, moved or added, and editions that are called off: everybody is told once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User
from projects.enrolment.domain.cancel_edition import cancel_edition
from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.turn_away import turn_away_due
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.enums import State
from projects.enrolment.figures import counts_of
from projects.enrolment.models import Edition
from projects.enrolment.queries import with_shortfall

SOON = timezone.localdate() + timedelta(days=30)
LATER = SOON + timedelta(days=7)
EDITIONS = "/admin/enrolment_edition/"


@pytest.fixture
def staff(home: Any, client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(template=f"enrolment/mail/{kind}").order_by("recipient"))


def events(letter: Letter) -> dict[str, tuple[str, int]]:
    """State and number of each meeting in the calendar file, by its identifier."""
    found = Calendar.from_ical(letter.attachments[0][2]).walk("VEVENT")
    return {event["UID"].split("@")[0]: (str(event["STATUS"]), event["SEQUENCE"]) for event in found}


# Meetings


def edit(staff: Client, edition: Edition, *, delete: int | None = None, add: date | None = None, **changes: Any) -> Any:
    """Save the form of an edition; `changes` are those of its first meeting."""
    rows = [
        {
            "id": meeting.pk, "date": meeting.date.isoformat(), "starts_at": "18:30", "ends_at": "20:00", "room": "", "note": "",
            **(changes if number == 0 else {}), **({"DELETE": "on"} if number == delete else {}),
        }
        for number, meeting in enumerate(edition.meetings.all())
    ]  # fmt: skip
    initial = len(rows)
    if add:
        rows.append({"date": add.isoformat(), "starts_at": "18:30", "ends_at": "20:00", "room": "", "note": ""})
    form = nested_form_data(
        {
            "kind": "course", "label": edition.label, "slug": edition.slug, "status": "published", "enrolment": "arrival", "places": 5,
            "offer_days": 3, "reminder_days": 3, "party_max": 1, "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome", "names": inline_formset([]),
            "meetings": inline_formset(rows, initial=initial), "priorities": inline_formset([]), "criteria": inline_formset([]), "questions": inline_formset([]),
        }
    )  # fmt: skip
    answer = staff.post(f"{EDITIONS}edit/{edition.pk}/", form)
    assert answer.status_code == 302
    return form


@pytest.fixture
def edition(home: Any, make_edition: Any) -> Edition:
    return make_edition(dates=(SOON, LATER), places=5, party_max=1)


@pytest.mark.parametrize(
    ("changes", "said", "state"),
    [
        ({"cancelled": "on"}, "Cancelled:", ("CANCELLED", 1)),
        ({"starts_at": "17:00", "ends_at": "18:30"}, "Before:", ("CONFIRMED", 1)),
        ({"room": "2"}, "Before:", ("CONFIRMED", 1)),
        ({"delete": 0}, "Cancelled:", ("CANCELLED", 1)),
    ],
    ids=["cancelled", "moved", "another room", "taken out"],
)
def test_who_has_a_place_is_told_once_with_a_new_calendar(
    staff: Client, edition: Edition, ask: Any, changes: dict[str, Any], said: str, state: tuple[str, int]
):
    ask(edition, "Giulia", language="en", now=timezone.now())
    ask(edition, "Samira", language="en", now=timezone.now(), confirmed=False)
    first, second = edition.meetings.all()

    form = edit(staff, edition, **changes)
    if "delete" not in changes:
        staff.post(f"{EDITIONS}edit/{edition.pk}/", form)

    (letter,) = letters("changed")
    assert letter.recipient == "giulia@example.org"
    assert letter.subject == "Changed meetings: Sera"
    assert said in letter.text
    assert events(letter) == {f"meeting-{first.pk}": state, f"meeting-{second.pk}": ("CONFIRMED", 0)}


def test_a_new_meeting_is_told(staff: Client, edition: Edition, ask: Any):
    ask(edition, "Giulia", language="en", now=timezone.now())

    edit(staff, edition, add=LATER + timedelta(days=7))

    (letter,) = letters("changed")
    assert "New:" in letter.text
    assert len(events(letter)) == 3


def test_what_is_past_or_only_noted_is_not_told(staff: Client, make_edition: Any, ask: Any):
    edition = make_edition(dates=(timezone.localdate() - timedelta(days=7), SOON), places=5, party_max=1)
    ask(edition, "Giulia", now=timezone.now())

    edit(staff, edition, room="2")
    edit(staff, edition, room="2", note="a note for the teacher")

    assert letters("changed") == []


# Editions


REASON = {"en": "The teacher is ill.", "it": "L'insegnante è malata."}


def test_everybody_is_told_once_that_it_is_cancelled(make_edition: Any, ask: Any, now: datetime, superuser: User):
    edition = make_edition(places=2)
    giulia, _samira = ask(edition, "Giulia", language="en"), ask(edition, "Samira", language="fr", confirmed=False)
    irina, _arben = ask(edition, "Irina", language="en"), ask(edition, "Arben", language="en")
    phoned = ask(edition, "Fatou", email="", phone="+393330000102")
    gone = ask(edition, "Mei", language="en")
    withdraw(gone, now=now)
    withdraw(giulia, now=now)

    told = cancel_edition(edition, now=now, by=superuser, reason=REASON)
    again = cancel_edition(edition, now=now, by=superuser, reason=REASON)

    assert [party.contact_name for party in told] == ["Samira", "Irina", "Arben", "Fatou"]
    assert again == []
    assert [letter.recipient.split("@")[0] for letter in letters("cancelled")] == ["arben", "irina", "samira"]
    irina.refresh_from_db()
    phoned.refresh_from_db()
    edition.refresh_from_db()
    assert (irina.state, phoned.state, edition.status) == ("expired", "waiting", "cancelled")
    assert ModelLogEntry.objects.get(action="enrolment.edition_cancelled").user == superuser


def test_the_reason_is_in_her_language_else_in_that_of_the_house(make_edition: Any, ask: Any, now: datetime):
    edition = make_edition()
    ask(edition, "Giulia", language="en")
    ask(edition, "Samira", language="fr")

    cancel_edition(edition, now=now, reason=REASON)

    english, french = letters("cancelled")
    assert english.subject == "Cancelled: Sera"
    assert "\nThe teacher is ill.\n" in english.text
    assert "\nL'insegnante è malata.\n" in french.text
    assert {state for state, _sequence in events(english).values()} == {"CANCELLED"}
    assert {sequence for _state, sequence in events(english).values()} == {1}


def test_nothing_goes_on_after_it_is_cancelled(make_edition: Any, ask: Any, now: datetime):
    edition = make_edition(places=1)
    giulia = ask(edition, "Giulia", confirmed=False)
    ask(edition, "Samira")
    cancel_edition(edition, now=now)
    count = Letter.objects.count()

    confirm(giulia, now=now)

    assert expire(now=now + timedelta(days=9)) == 0
    assert Letter.objects.count() == count


def test_what_is_not_published_or_over_is_not_cancelled(make_edition: Any, now: datetime):
    for edition, moment in ((make_edition("a", status="draft"), now), (make_edition("b"), now + timedelta(days=60))):
        with pytest.raises(RuleViolation):
            cancel_edition(edition, now=moment)


CLOSED = {"closes_at": timezone.now() - timedelta(days=1), "minimum": 3, "dates": (SOON,)}


@pytest.mark.parametrize(
    ("facts", "short"),
    [
        (CLOSED, True),
        ({**CLOSED, "minimum": 2}, False),
        ({**CLOSED, "minimum": None}, False),
        ({**CLOSED, "closes_at": timezone.now() + timedelta(days=1)}, False),
        ({**CLOSED, "status": "draft"}, False),
    ],
    ids=["too few", "enough", "no minimum", "still open", "draft"],
)
def test_below_the_minimum_once_enrolment_has_closed(make_edition: Any, ask: Any, facts: dict[str, Any], short: bool):
    edition = make_edition(**{**facts, "places": 5, "closes_at": None, "status": "published"})
    ask(edition, "Giulia", "Nadia", now=timezone.now())
    Edition.objects.update(closes_at=facts["closes_at"], status=facts.get("status", "published"))

    assert with_shortfall(Edition.objects.all(), now=timezone.now()).get().below_minimum is short


def test_staff_see_that_too_few_have_enrolled_and_cancel(staff: Client, make_edition: Any, ask: Any):
    edition = make_edition(dates=(SOON,), places=5, minimum=3)
    ask(edition, "Giulia", language="en", now=timezone.now())
    ask(edition, "Samira", email="", phone="+393330000102", now=timezone.now())
    Edition.objects.update(closes_at=timezone.now() - timedelta(hours=1))

    listed = staff.get(EDITIONS).content.decode()
    shown = staff.get(f"{EDITIONS}cancel/{edition.pk}/")
    done = staff.post(f"{EDITIONS}cancel/{edition.pk}/", {"en": "We are sorry."}, follow=True)

    assert "2 / 3" in listed
    assert f"{EDITIONS}cancel/{edition.pk}/" in listed
    assert shown.status_code == 200
    assert [str(message).count("1") for message in done.context["messages"]] == [2]
    (letter,) = letters("cancelled")
    assert "Too few people have enrolled: it takes at least 3 people to begin.\n\nWe are sorry.\n" in letter.text


@pytest.mark.parametrize(("before", "after"), [("published", "cancelled"), ("cancelled", "published")])
def test_the_form_neither_cancels_nor_revives(staff: Client, edition: Edition, ask: Any, before: str, after: str):
    ask(edition, "Giulia", now=timezone.now())
    Edition.objects.update(status=before)
    form = nested_form_data(
        {
            "kind": "course", "label": edition.label, "slug": edition.slug, "status": after, "enrolment": "arrival", "places": 5,
            "offer_days": 3, "reminder_days": 3, "party_max": 1, "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome", "names": inline_formset([]),
            "meetings": inline_formset([]), "priorities": inline_formset([]), "criteria": inline_formset([]), "questions": inline_formset([]),
        }
    )  # fmt: skip

    assert staff.post(f"{EDITIONS}edit/{edition.pk}/", form).status_code == 200

    edition.refresh_from_db()
    assert (edition.status, letters("cancelled")) == (before, [])


def test_who_may_not_change_editions_cannot_cancel(home: Any, client: Client, edition: Edition):
    viewer = User.objects.create_user("viewer@example.org", "a-long-password-for-tests")
    client.force_login(viewer)

    answer = client.post(f"{EDITIONS}cancel/{edition.pk}/")

    edition.refresh_from_db()
    assert (answer.status_code, edition.status) == (302, "published")


def test_who_hoped_for_what_is_cancelled_gets_one_letter(edition: Edition, ask: Any):
    """The nightly steps end what waits, so that it counts next time; the letter of the cancellation has said it."""
    now = timezone.now()
    Edition.objects.update(places=1)
    ask(edition, "Giulia", now=now)
    samira = ask(edition, "Samira", now=now)
    cancel_edition(edition, now=now)

    turn_away_due(now=now)

    samira.refresh_from_db()
    assert samira.state == State.TURNED_AWAY
    about = Letter.objects.filter(recipient="samira@example.org").order_by("created_at")
    assert [letter.template.rpartition("/")[2] for letter in about] == ["confirm", "waiting", "cancelled"]


def test_a_cancelled_edition_is_not_told_to_have_people(edition: Edition, ask: Any):
    ask(edition, "Giulia", now=timezone.now())
    ask(edition, "Robot", confirmed=False, now=timezone.now())
    cancel_edition(edition, now=timezone.now())

    counted = counts_of(edition)

    assert (counted["requested"], counted["taken"]) == (1, 0)
