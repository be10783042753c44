"""Who was there, and the certificates that come of it."""

from datetime import date, datetime, time, timedelta

import pytest
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.attendance import people_of, records
from projects.enrolment.domain.certify import certify, initials
from projects.enrolment.domain.forget import forget
from projects.enrolment.domain.mark import mark
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.models import Attendance, Certificate, Meeting

TUESDAYS = tuple(date(2026, 10, 6) + timedelta(weeks=week) for week in range(10))


@pytest.fixture
def edition(make_edition):
    """Ten Tuesdays of an hour and a half."""
    return make_edition(dates=TUESDAYS, places=40)


@pytest.fixture
def over(edition):
    """The moment when the last meeting has ended."""
    return list(edition.meetings.all())[-1].end


@pytest.fixture
def attend(edition, superuser, over):
    def make(enrolment, number: int):
        """The party was at the first meetings, and missed the others."""
        for person in enrolment.participants.all():
            for index, meeting in enumerate(edition.meetings.all()):
                mark(person, meeting, present=index < number, now=over, by=superuser)

    return make


def test_a_tap_twice_is_one_mark(edition, ask, over, superuser):
    person, meeting = ask(edition, "Giulia").participants.get(), edition.meetings.first()

    for _tap in range(2):
        mark(person, meeting, present=True, now=over, by=superuser)

    marked = Attendance.objects.get()
    assert (marked.participant, marked.meeting, marked.present, marked.marked_at, marked.marked_by) == (
        person, meeting, True, over, superuser,
    )  # fmt: skip
    entry = ModelLogEntry.objects.get(action="enrolment.marked")
    assert (entry.label, entry.data) == (str(person), {"meeting": meeting.pk, "present": True})


def test_a_mistake_is_put_right(edition, ask, over, superuser):
    person, meeting = ask(edition, "Giulia").participants.get(), edition.meetings.first()

    for present in (True, False):
        mark(person, meeting, present=present, now=over, by=superuser)

    assert Attendance.objects.get().present is False
    assert ModelLogEntry.objects.filter(action="enrolment.marked").count() == 2


def test_marked_from_the_day_of_the_meeting_on(edition, ask, superuser):
    person, meeting = ask(edition, "Giulia").participants.get(), edition.meetings.first()
    midnight = datetime.combine(meeting.date, time(0), tzinfo=edition.zone)

    with pytest.raises(RuleViolation) as refused:
        mark(person, meeting, present=True, now=midnight - timedelta(seconds=1), by=superuser)
    mark(person, meeting, present=True, now=midnight, by=superuser)

    assert refused.value.code == "to_come"
    assert Attendance.objects.count() == 1


def test_a_cancelled_meeting_cannot_be_marked(edition, ask, over, superuser):
    person = ask(edition, "Giulia").participants.get()
    Meeting.objects.filter(pk=edition.meetings.first().pk).update(cancelled=True)

    with pytest.raises(RuleViolation) as refused:
        mark(person, edition.meetings.first(), present=True, now=over, by=superuser)

    assert (refused.value.code, Attendance.objects.count()) == ("cancelled", 0)


@pytest.mark.parametrize("who", ["waits", "elsewhere"])
def test_only_who_has_a_place_here_is_marked(edition, make_edition, ask, over, superuser, who):
    elsewhere = make_edition("altra", places=0 if who == "waits" else 1)
    person = ask(elsewhere, "Giulia").participants.get()
    meeting = (elsewhere if who == "waits" else edition).meetings.first()

    with pytest.raises(RuleViolation) as refused:
        mark(person, meeting, present=True, now=over, by=superuser)

    assert refused.value.code == "person"


def test_records_count_the_meetings_held_so_far(edition, ask, over, superuser):
    giulia = ask(edition, "Giulia")
    first, second, third, *_rest = edition.meetings.all()
    Meeting.objects.filter(pk=second.pk).update(cancelled=True)
    mark(giulia.participants.get(), first, present=True, now=over, by=superuser)

    (record,) = records(edition, now=third.end)

    assert (record.attended, record.held, record.percent) == ([first], [first, third], 50)


def test_people_are_in_order_of_their_names_and_only_those_with_a_place(edition, ask, now):
    for name in ("zoe", "Élodie", "Anna"):
        ask(edition, name)
    withdraw(ask(edition, "Bruno"), now=now)

    assert [person.name for person in people_of(edition)] == ["Anna", "zoe", "Élodie"]


@pytest.mark.parametrize("number", [3, 30])
def test_records_ask_three_questions(edition, crowd, over, number, django_assert_num_queries):
    crowd(edition, number, at=edition.meetings.first())

    with django_assert_num_queries(3):
        found = records(edition, now=over)
        assert [(len(record.attended), record.certificate) for record in found] == [(1, None)] * number


# Certificates


def test_a_certificate_for_whoever_reached_the_threshold(edition, ask, attend, over, superuser):
    reached, missed = ask(edition, "Samira Benali", language="en"), ask(edition, "Giulia")
    attend(reached, 7)
    attend(missed, 6)

    (certificate,) = certify(edition, now=over, by=superuser)

    assert (certificate.participant, certificate.name, certificate.initials) == (
        reached.participants.get(), "Samira Benali", "S. B.",
    )  # fmt: skip
    assert (certificate.title, certificate.language) == ("Sera", "en")
    assert (certificate.hours_attended, certificate.hours_held) == ("10,5", "15")
    assert (certificate.first_day, certificate.last_day) == (TUESDAYS[0], TUESDAYS[-1])
    letter = Letter.objects.get(template="enrolment/mail/certificate")
    assert (letter.recipient, letter.subject) == (reached.email, "Your certificate: Sera")
    assert f"/en/enrol/certificate/{certificate.token.split('.')[0]}." in letter.text
    assert f"/en/enrol/certificate/?code={certificate.code}" in letter.text
    assert ModelLogEntry.objects.get(action="enrolment.certified").object_id == str(reached.pk)


def test_it_is_issued_once_and_stays_as_it_was(edition, ask, attend, over, superuser):
    samira = ask(edition, "Samira")
    attend(samira, 7)
    certify(edition, now=over, by=superuser)
    attend(samira, 10)
    late = ask(edition, "Late", now=over - timedelta(days=30))
    attend(late, 9)

    again = certify(edition, now=over + timedelta(days=1), by=superuser)

    assert [certificate.name for certificate in again] == ["Late"]
    assert [certificate.hours_attended for certificate in Certificate.objects.all()] == ["10,5", "13,5"]
    assert Letter.objects.filter(template="enrolment/mail/certificate").count() == 2


def test_each_of_a_party_gets_her_own(edition, ask, attend, over):
    attend(ask(edition, "Samira", "Amir"), 10)

    assert [certificate.name for certificate in certify(edition, now=over)] == ["Amir", "Samira"]


def test_who_gave_only_a_phone_gets_one_without_a_letter(edition, ask, attend, over):
    attend(ask(edition, "Samira", email="", phone="+393330000102"), 10)

    assert len(certify(edition, now=over)) == 1
    assert not Letter.objects.filter(template="enrolment/mail/certificate").exists()


def test_none_before_the_last_meeting_has_ended(edition, ask, attend, over):
    attend(ask(edition, "Samira"), 10)

    with pytest.raises(RuleViolation) as refused:
        certify(edition, now=over - timedelta(seconds=1))

    assert (refused.value.code, Certificate.objects.count()) == ("early", 0)


def test_none_while_nobody_has_said_who_was_at_a_meeting(edition, ask, attend, over):
    attend(ask(edition, "Samira"), 10)
    sixth = edition.meetings.all()[5]
    Attendance.objects.filter(meeting=sixth).delete()

    with pytest.raises(RuleViolation) as refused:
        certify(edition, now=over)
    Meeting.objects.filter(pk=sixth.pk).update(cancelled=True)
    issued = certify(edition, now=over)

    assert (refused.value.code, "10 novembre 2026" in str(refused.value).casefold()) == ("unmarked", True)
    assert [certificate.hours_held for certificate in issued] == ["13,5"]


@pytest.mark.parametrize(
    ("name", "short"), [("Samira Benali", "S. B."), ("明慧", "明."), ("سميرة بنعلي", "س. ب."), ("o'Neill", "o.")]
)
def test_initials(name, short):
    assert initials(name) == short


def test_the_name_goes_with_the_request_and_ten_years_later_the_certificate(edition, ask, attend, over):
    attend(ask(edition, "Zanzibarinda"), 10)
    (certificate,) = certify(edition, now=over)
    token = certificate.token

    forget(now=over + timedelta(days=365))

    left = Certificate.objects.values().get()
    assert "zanzibarinda" not in str(left).casefold()
    assert (left["code"], left["initials"], left["participant_id"]) == (certificate.code, "Z.", None)
    assert not Attendance.objects.exists()
    with pytest.raises(Certificate.DoesNotExist):
        Certificate.objects.from_token(token)

    forget(now=over + timedelta(days=3653) - timedelta(seconds=1))
    assert Certificate.objects.count() == 1
    forget(now=over + timedelta(days=3653))
    assert Certificate.objects.count() == 0
