"""Who was there: questions of the desk, of the sign-in sheet and of certificates."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from .enums import State
from .models import Attendance, Certificate, Edition, Meeting, Participant
from .queries import meetings_of
from .validators import folded


@dataclass(frozen=True)
class Record:
    """What somebody attended of the meetings held so far."""

    person: Participant
    held: list[Meeting]
    attended: list[Meeting]
    needed: int

    @property
    def certificate(self) -> Certificate | None:
        return getattr(self.person, "certificate", None)

    @property
    def percent(self) -> int:
        return 100 * len(self.attended) // len(self.held) if self.held else 0

    @property
    def reached(self) -> bool:
        """Whether it is enough for a certificate."""
        return bool(self.held) and self.percent >= self.needed


def minutes_of(meetings: list[Meeting]) -> int:
    return sum(meeting.minutes for meeting in meetings)


def people_of(edition: Edition) -> list[Participant]:
    """Who has a place, by name."""
    people = Participant.objects.filter(edition=edition, enrolment__state=State.ENROLLED)
    people = people.select_related("enrolment", "certificate")
    return sorted(people, key=lambda person: (folded(person.name), person.pk))


def held(edition: Edition, *, now: datetime) -> list[Meeting]:
    return [meeting for meeting in meetings_of(edition) if not meeting.cancelled and meeting.end <= now]


def unmarked(edition: Edition, *, now: datetime) -> list[Meeting]:
    """The meetings held of which nobody has said who was there."""
    marked = set(Attendance.objects.filter(meeting__edition=edition).values_list("meeting", flat=True))
    return [meeting for meeting in held(edition, now=now) if meeting.pk not in marked]


def records(edition: Edition, *, now: datetime) -> list[Record]:
    """One for each person who has a place, in three queries however many they are."""
    meetings = held(edition, now=now)
    present = set(
        Attendance.objects.filter(participant__edition=edition, present=True).values_list("participant", "meeting")
    )
    return [
        Record(
            person=person,
            held=meetings,
            attended=[meeting for meeting in meetings if (person.pk, meeting.pk) in present],
            needed=edition.attendance_needed,
        )
        for person in people_of(edition)
    ]


def marks_at(meeting: Meeting) -> dict[int, bool]:
    """Whether each participant was there, by key; without the key nobody has said yet."""
    return dict(Attendance.objects.filter(meeting=meeting).values_list("participant", "present"))


def counted(edition: Edition) -> list[Meeting]:
    """The meetings with `marked` and `present`: of how many somebody has said whether they were there, and how many were."""
    meetings = list(
        edition.meetings.annotate(
            marked=Count("attendances"), present=Count("attendances", filter=Q(attendances__present=True))
        )
    )
    for meeting in meetings:
        meeting.edition = edition
    return meetings
