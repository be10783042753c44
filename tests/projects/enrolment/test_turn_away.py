"""Who still waits when no place can be given any more is told so, once."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.decline import decline
from projects.enrolment.domain.turn_away import turn_away, turn_away_due
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.enums import MOVES, State
from projects.enrolment.models import Edition, Participant, PriorityRule
from projects.enrolment.queries import turned_away_before

LETTERS = Letter.objects.filter(template="enrolment/mail/turned_away")


@pytest.fixture
def waiting(make_edition, ask):
    """An edition of one place: Giulia has it, Samira with a child and Irina wait."""

    def make(**facts) -> Edition:
        edition = make_edition(places=1, **facts)
        ask(edition, "Giulia")
        ask(edition, "Samira", "Amal", language="ar")
        ask(edition, "Irina", language="en")
        return edition

    return make


def end_of(edition: Edition) -> datetime:
    return max(meeting.end for meeting in edition.meetings.all())


def states(edition: Edition) -> list[str]:
    return [request.state for request in edition.enrolments.all()]


def test_when_the_last_meeting_has_ended_who_waits_is_told(waiting):
    edition = waiting()
    ended = end_of(edition)

    assert turn_away_due(now=ended - timedelta(seconds=1)) == 0
    assert turn_away_due(now=ended) == 2

    assert states(edition) == ["enrolled", "turned_away", "turned_away"]
    assert [person.name for person in Participant.objects.filter(living=True)] == ["Giulia"]
    assert set(LETTERS.values_list("language", "recipient")) == {
        ("ar", "samira@example.org"),
        ("en", "irina@example.org"),
    }


def test_nobody_is_told_twice(waiting):
    edition = waiting()
    ended = end_of(edition)

    assert [turn_away(edition, now=ended), turn_away(edition, now=ended), turn_away_due(now=ended)] == [2, 0, 0]

    assert LETTERS.count() == 2
    assert ModelLogEntry.objects.filter(action="enrolment.turned_away").count() == 2


def test_who_waits_for_what_is_cancelled_is_told_also_in_a_draw(waiting, make_edition, ask, now):
    edition = waiting()
    lottery = make_edition("sorteggio", enrolment="draw", closes_at=now + timedelta(days=5), draws_at=now + timedelta(days=6))  # fmt: skip
    announce(lottery, now=now)
    ask(lottery, "Mei")
    Edition.objects.update(status="cancelled")

    assert turn_away_due(now=now) == 3
    assert (states(edition), states(lottery)) == (["enrolled", "turned_away", "turned_away"], ["turned_away"])


def test_who_never_confirmed_has_lapsed_before(make_edition, ask, now):
    edition = make_edition(places=1)
    ask(edition, "Giulia")
    ask(edition, "Samira", confirmed=False)

    turn_away(edition, now=end_of(edition))

    assert states(edition) == ["enrolled", "lapsed"]


def test_staff_close_the_list_before_and_say_why(waiting, superuser, now):
    edition = waiting(closes_at=now + timedelta(days=1))
    closed = now + timedelta(days=2)

    assert turn_away(edition, now=closed, by=superuser, reason="The room is too small.") == 2

    entry = ModelLogEntry.objects.get(action="enrolment.list_closed")
    assert (entry.user, entry.data, entry.object_id) == (
        superuser,
        {"reason": "The room is too small."},
        str(edition.pk),
    )
    assert turn_away(edition, now=closed, by=superuser, reason="Again") == 0
    assert ModelLogEntry.objects.filter(action="enrolment.list_closed").count() == 1


@pytest.mark.parametrize(
    ("closes_in", "reason", "code"),
    [(timedelta(days=3), "A reason", "open"), (timedelta(days=1), " ", "reason")],
    ids=["while one can still ask", "without a reason"],
)
def test_the_list_is_not_closed(waiting, now, closes_in, reason, code):
    edition = waiting(closes_at=now + closes_in)

    with pytest.raises(RuleViolation) as refused:
        turn_away(edition, now=now + timedelta(days=2), reason=reason)

    assert refused.value.code == code
    assert states(edition) == ["enrolled", "waiting", "waiting"]


def test_a_draw_to_come_keeps_its_people_when_staff_close_a_list(make_edition, ask, now):
    edition = make_edition(enrolment="draw", closes_at=now + timedelta(days=1), draws_at=now + timedelta(days=9))
    announce(edition, now=now)
    ask(edition, "Mei")

    assert turn_away(edition, now=now + timedelta(days=2), reason="A reason") == 0
    assert states(edition) == ["entered"]


def test_who_is_turned_away_stays_so(waiting):
    edition = waiting()
    ended = end_of(edition)
    turn_away(edition, now=ended)
    samira = edition.enrolments.get(contact_name="Samira")

    for verb in (withdraw, decline, confirm):
        assert verb(samira, now=ended).state == "turned_away"

    assert MOVES[State.TURNED_AWAY] == ()


@pytest.mark.parametrize(("rule", "told"), [(True, True), (False, False)], ids=["with the rule", "without"])
def test_the_letter_tells_what_it_is_worth_next_time(waiting, course, rule, told):
    edition = waiting(course=course)
    if rule:
        PriorityRule.objects.create(edition=edition, kind="turned_away")

    turn_away(edition, now=end_of(edition))

    letter = LETTERS.get(language="en")
    assert ("people who found no place last time come before others" in letter.text) == told
    assert letter.subject == "No place this time: Arabo: Sera"
    assert "Do you want to be told first of the next edition?" in letter.text
    assert "/en/enrol/request/" in letter.text


def test_an_event_has_no_next_edition(waiting):
    turn_away(edition := waiting(), now=end_of(edition))

    assert "next edition" not in LETTERS.get(language="en").text


def test_who_was_turned_away_is_known_next_time(waiting, make_edition, course):
    edition = waiting(course=course)
    before = turned_away_before(make_edition("dopo", course=course))
    turn_away(edition, now=end_of(edition))

    after = turned_away_before(Edition.objects.get(slug="dopo"))

    assert before == after == {"samira|samira@example.org", "amal|samira@example.org", "irina|irina@example.org"}


def test_the_command_turns_away_what_is_due(make_edition, ask, capsys):
    edition = make_edition(places=1)
    ask(edition, "Giulia")
    ask(edition, "Samira")
    edition.meetings.update(date=date(2020, 1, 1))

    call_command("take_due_steps")

    assert capsys.readouterr().out == "Ended: 0. Lists closed: 0. Draws: 0. Reminded: 0. Turned away: 1\n"


def test_the_request_says_so(client, home, make_edition, ask):
    edition = make_edition(places=0)
    samira = ask(edition, "Samira")
    turn_away(edition, now=timezone.now() + timedelta(days=4000))

    assert "there was no place for you this time" in client.get(f"/en/enrol/request/{samira.token}/").content.decode()
