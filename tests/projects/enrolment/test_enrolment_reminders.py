"""Reminders: once to each who has a place, some days before the first meeting."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.remind import remind
from projects.enrolment.tasks import remind_in_time

FIRST = datetime(2026, 10, 20, 18, 30, tzinfo=ZoneInfo("Europe/Rome"))
ONCE, EACH = 11, 2  # queries for an edition, and for a letter: to write it, to queue it
MOMENT = FIRST - timedelta(days=3)
SECOND = timedelta(seconds=1)


def reminded() -> list[str]:
    letters = Letter.objects.filter(template="enrolment/mail/reminder").order_by("created_at")
    return [letter.recipient.split("@")[0] for letter in letters]


def test_who_has_a_place_is_reminded_once(make_edition: Any, ask: Any):
    edition = make_edition(places=2)
    for name in ("Giulia", "Samira", "Irina"):
        ask(edition, name, language="en")

    assert [remind(now=MOMENT - SECOND), remind(now=MOMENT), remind(now=MOMENT + SECOND)] == [0, 2, 0]

    assert reminded() == ["giulia", "samira"]
    letter = Letter.objects.filter(template="enrolment/mail/reminder").first()
    assert letter.subject == "It begins soon: Sera"
    assert "Tue 20 October 2026, 18:30–20:00" in letter.text
    assert [name for name, _type, _text in letter.attachments] == ["arabo-sera.ics"]


def test_a_meeting_that_is_moved_reminds_nobody_twice(make_edition: Any, ask: Any):
    edition = make_edition()
    ask(edition, "Giulia")
    remind(now=MOMENT)
    edition.meetings.update(date=date(2026, 11, 20))

    assert remind(now=datetime(2026, 11, 17, 18, 30, tzinfo=MOMENT.tzinfo)) == 0


def test_who_comes_later_has_just_had_her_letter(make_edition: Any, ask: Any):
    edition = make_edition()
    ask(edition, "Giulia", now=MOMENT + SECOND)

    assert remind(now=MOMENT + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("facts", "now"),
    [({"reminder_days": 0}, MOMENT), ({}, FIRST), ({"cancelled": True}, MOMENT)],
    ids=["nobody is to be", "it has begun", "it is cancelled"],
)
def test_nobody_is_reminded(make_edition: Any, ask: Any, facts: dict[str, Any], now: datetime):
    cancelled = facts.pop("cancelled", False)
    edition = make_edition(**facts)
    ask(edition, "Giulia")
    edition.status = "cancelled" if cancelled else "published"
    edition.save()

    assert remind(now=now) == 0


def test_who_has_not_confirmed_or_has_no_mail_is_not_written_to(make_edition: Any, ask: Any):
    edition = make_edition()
    ask(edition, "Giulia", confirmed=False, now=MOMENT - timedelta(hours=1))
    ask(edition, "Samira", email="", phone="+393330000102")

    assert remind(now=MOMENT) == 0


def test_a_cancelled_first_meeting_does_not_count(make_edition: Any, ask: Any):
    edition = make_edition()
    ask(edition, "Giulia")
    edition.meetings.filter(date=FIRST.date()).update(cancelled=True)

    assert [remind(now=MOMENT), remind(now=MOMENT + timedelta(days=7))] == [0, 1]


def test_the_worker_is_told_when(make_edition: Any, ask: Any, now: datetime):
    edition = make_edition()
    ask(edition, "Giulia")

    announce(edition, now=now)

    job = DBTaskResult.objects.get(task_path="projects.enrolment.tasks.remind_in_time")
    assert (job.run_after, job.args_kwargs["args"]) == (MOMENT, [edition.pk])


def test_worker_and_command_remind_once_together(make_edition: Any, ask: Any, capsys: Any):
    soon = timezone.localdate() + timedelta(days=2)
    edition = make_edition(dates=(soon,))
    ask(edition, "Giulia", now=timezone.now() - timedelta(days=5))

    assert [remind_in_time.func(edition.pk), remind_in_time.func(edition.pk)] == [1, 0]
    call_command("take_due_steps")

    assert capsys.readouterr().out == "Ended: 0. Lists closed: 0. Draws: 0. Reminded: 0. Turned away: 0\n"
    assert reminded() == ["giulia"]


@pytest.mark.parametrize("number", [1, 3])
def test_reminding_reads_the_edition_once(make_edition: Any, ask: Any, number: int, django_assert_num_queries: Any):
    edition = make_edition(places=5)
    for each in "abc"[:number]:
        ask(edition, f"Persona {each}")

    with django_assert_num_queries(ONCE + EACH * number):
        remind(now=MOMENT)
