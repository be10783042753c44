"""Small makers of editions and requests; the facts of a test stand in the test."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.enrol import Contact, Person, enrol
from projects.enrolment.models import Attendance, Course, Edition, Enrolment, Meeting, Participant

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 10, 1, 9, 0, tzinfo=ROME)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def course(db: None) -> Course:
    return Course.objects.create(slug="arabo", label="Arabo", kind="foreign_language", language="ar", level="A1")


@pytest.fixture
def make_edition(db: None) -> Callable[..., Edition]:
    """A published edition with two Tuesdays in October, before and after the clocks change."""

    def make(
        slug: str = "arabo-sera", *, dates: tuple[date, ...] = (date(2026, 10, 20), date(2026, 10, 27)), **facts: Any
    ) -> Edition:
        edition = Edition.objects.create(
            **{"slug": slug, "label": "Sera", "status": "published", "places": 2, "party_max": 4, **facts}
        )
        for day in dates:
            Meeting.objects.create(edition=edition, date=day, starts_at=time(18, 30), ends_at=time(20))
        return edition

    return make


@pytest.fixture
def ask() -> Callable[..., Enrolment]:
    """A person asks for a place and confirms that our letter reached her: `ask(edition, "Giulia")`."""

    def make(
        edition: Edition, name: str, *others: str, now: datetime = NOW, confirmed: bool = True, **facts: Any
    ) -> Enrolment:
        contact = {"name": name, "language": "it", "email": f"{name.lower().replace(' ', '.')}@example.org"}
        contact |= {"relation": "parent", "responsible": True}  # kept only where somebody is under 18
        people = facts.pop("people", [Person(name=each) for each in (name, *others)])
        key = facts.pop("request_key", None) or uuid.uuid4()
        channel, declared = facts.pop("channel", "web"), facts.pop("declared", ())
        answers = facts.pop("answers", None)
        asked = enrol(
            edition,
            contact=Contact(**{**contact, **facts}),
            people=people,
            request_key=key,
            now=now,
            channel=channel,
            declared=declared,
            answers=answers,
        )
        return confirm(asked, now=now) if confirmed else asked

    return make


@pytest.fixture
def crowd(db: None) -> Callable[..., None]:
    """Many who have a place, each at one meeting: `crowd(edition, 30, at=meeting)`. Written at once, to count queries."""

    def make(edition: Edition, number: int, *, at: Meeting) -> None:
        parties = Enrolment.objects.bulk_create(
            Enrolment(
                edition=edition,
                state="enrolled",
                contact_name="P",
                email="p@example.org",
                language="it",
                confirmed_at=NOW,
            )
            for _index in range(number)
        )
        people = Participant.objects.bulk_create(
            Participant(enrolment=party, edition=edition, name=f"Persona {index}", person_key=f"persona {index}")
            for index, party in enumerate(parties)
        )
        Attendance.objects.bulk_create(
            Attendance(participant=person, meeting=at, present=True, marked_at=NOW) for person in people
        )

    return make
