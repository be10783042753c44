from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from projects.enrolment.domain.copy_edition import copy_edition
from projects.enrolment.models import Edition, EditionName, PriorityRule

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def edition(make_edition, course, superuser):
    """Tuesdays before and after the clocks go back; enrolment closes the evening before."""
    edition = make_edition(
        course=course,
        venue_name="Biblioteca",
        teacher="Amal",
        attendance_needed=80,
        opens_at=datetime(2026, 10, 1, 9, 0, tzinfo=ROME),
        closes_at=datetime(2026, 10, 26, 18, 0, tzinfo=ROME),
    )
    EditionName.objects.create(edition=edition, language="ar", text="مساءً")
    PriorityRule.objects.create(edition=edition, kind="resident")
    edition.teachers.add(superuser)
    return edition


def test_the_next_edition_is_a_draft_with_all_but_the_people(edition, ask, now, superuser):
    ask(edition, "Giulia")

    copy = copy_edition(edition, slug="primavera", label="Primavera", first_day=date(2027, 3, 9), now=now, by=superuser)

    copy = Edition.objects.get(pk=copy.pk)
    assert (copy.slug, copy.label, copy.status) == ("primavera", "Primavera", "draft")
    assert (copy.course, copy.places, copy.venue_name, copy.teacher, copy.attendance_needed) == (
        edition.course, 2, "Biblioteca", "Amal", 80,
    )  # fmt: skip
    assert [name.text for name in copy.names.all()] == ["مساءً"]
    assert [rule.kind for rule in copy.priorities.all()] == ["resident"]
    assert list(copy.teachers.all()) == [superuser]
    assert (copy.enrolments.count(), copy.terms.count()) == (0, 0)
    entry = ModelLogEntry.objects.get(action="enrolment.copied")
    assert (entry.object_id, entry.user, entry.data) == (str(copy.pk), superuser, {"edition": edition.pk})


def test_what_is_copied_keeps_its_own(edition, now, superuser):
    copy_edition(edition, slug="primavera", label="Primavera", first_day=date(2027, 3, 9), now=now, by=superuser)

    edition = Edition.objects.get(pk=edition.pk)
    assert [meeting.date for meeting in edition.meetings.all()] == [date(2026, 10, 20), date(2026, 10, 27)]
    assert (edition.slug, edition.names.count(), edition.priorities.count()) == ("arabo-sera", 1, 1)


def test_weekday_and_wall_clock_stay_across_the_change_of_clocks(edition, now, superuser):
    copy = copy_edition(
        edition, slug="primavera", label="Primavera", first_day=date(2027, 3, 23), now=now, by=superuser
    )

    copy = Edition.objects.get(pk=copy.pk)
    meetings = list(copy.meetings.all())
    assert [(meeting.date, meeting.starts_at) for meeting in meetings] == [
        (date(2027, 3, 23), time(18, 30)),
        (date(2027, 3, 30), time(18, 30)),
    ]
    assert [copy.opens_at.astimezone(ROME), copy.closes_at.astimezone(ROME)] == [
        datetime(2027, 3, 4, 9, 0, tzinfo=ROME),
        datetime(2027, 3, 29, 18, 0, tzinfo=ROME),
    ]
    assert copy.closes_at - edition.closes_at == timedelta(weeks=22) - timedelta(hours=1)


def test_meetings_are_held_again_that_were_cancelled_once(edition, now, superuser):
    edition.meetings.filter(date=date(2026, 10, 27)).update(cancelled=True, note="sciopero", room="2")

    copy = copy_edition(
        Edition.objects.get(pk=edition.pk), slug="p", label="P", first_day=date(2027, 3, 9), now=now, by=superuser
    )

    assert [(meeting.cancelled, meeting.note, meeting.room) for meeting in copy.meetings.all()] == [
        (False, "", ""),
        (False, "", "2"),
    ]


def test_a_draw_moves_with_it(make_edition, now, superuser):
    closes = datetime(2026, 10, 10, 12, 0, tzinfo=ROME)
    edition = make_edition(enrolment="draw", closes_at=closes, draws_at=closes + timedelta(days=1))

    copy = copy_edition(edition, slug="p", label="P", first_day=date(2027, 3, 9), now=now, by=superuser)

    assert copy.draws_at.astimezone(ROME) == datetime(2027, 2, 28, 12, 0, tzinfo=ROME)


def test_without_meetings_nothing_moves(make_edition, now, superuser):
    closes = datetime(2026, 10, 10, 12, 0, tzinfo=ROME)

    copy = copy_edition(make_edition(dates=(), closes_at=closes), slug="p", label="P", now=now, by=superuser)

    assert (copy.closes_at, copy.meetings.count()) == (closes, 0)


@pytest.mark.parametrize(
    ("first_day", "code"),
    [(date(2027, 3, 10), "weekday"), (date(2026, 9, 29), "past")],
    ids=["another weekday", "a day that is past"],
)
def test_a_first_day_that_cannot_be_is_refused(edition, now, superuser, first_day, code):
    with pytest.raises(RuleViolation) as refused:
        copy_edition(edition, slug="p", label="P", first_day=first_day, now=now, by=superuser)

    assert refused.value.code == code
    assert Edition.objects.count() == 1
