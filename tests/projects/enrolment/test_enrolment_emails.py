from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from foundation_site.core.mail.models import Letter
from foundation_site.core.mail.tasks import message
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.ics import calendar_text
from projects.enrolment.models import CourseName, EditionName, Meeting
from projects.enrolment.queries import meetings_of


def every_letter(make_edition, ask, now, language):
    """One of each: confirm, enrolled, waiting, withdrawn, offer, offer expired, lapsed."""
    edition = make_edition(places=1)
    giulia = ask(edition, "Giulia", language=language)
    ask(edition, "Samira", language=language)
    withdraw(giulia, now=now)
    ask(edition, "Irina", language=language, confirmed=False)
    expire(now=now + timedelta(days=1))
    expire(now=now + timedelta(days=3))
    return list(Letter.objects.order_by("created_at"))


def test_letters_are_written_in_order(make_edition, ask, now):
    letters = every_letter(make_edition, ask, now, "en")

    assert [letter.subject for letter in letters] == [
        "Confirm your request: Sera",
        "You have a place: Sera",
        "Confirm your request: Sera",
        "You are on the waiting list: Sera",
        "You have withdrawn: Sera",
        "A place is free for you: Sera",
        "Confirm your request: Sera",
        "Your request has ended: Sera",
        "The offer has ended: Sera",
    ]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("it", "ltr")])
def test_letters_run_in_the_direction_of_their_language(make_edition, ask, now, language, direction):
    letters = every_letter(make_edition, ask, now, language)

    assert {letter.language for letter in letters} == {language}
    assert all(f'<html lang="{language}" dir="{direction}">' in letter.html for letter in letters)
    assert all(f"/{language}/enrol/request/" in letter.text for letter in letters)


def test_letter_names_course_and_edition_in_its_language(make_edition, ask, course):
    edition = make_edition(course=course)
    CourseName.objects.create(course=course, language="ar", text="العربية للمبتدئين")
    EditionName.objects.create(edition=edition, language="ar", text="مساءً")

    ask(edition, "Samira", language="ar")
    ask(edition, "Giulia", language="fr")

    arabic, french = (Letter.objects.filter(language=code).latest("created_at") for code in ("ar", "fr"))
    assert "العربية للمبتدئين: مساءً" in arabic.subject
    assert "Arabo: Sera" in french.subject


def test_letter_keeps_a_name_as_it_is_and_the_html_escapes_it(make_edition, ask):
    ask(make_edition(), "N'Diaye & <b>", email="n@example.org", language="en")

    letter = Letter.objects.latest("created_at")

    assert letter.text.startswith("Hello N'Diaye & <b>,")
    assert "N&#x27;Diaye &amp; &lt;b&gt;" in letter.html


def test_letter_calls_the_person_as_she_asks_and_the_guardian_by_name(make_edition, ask):
    from projects.enrolment.domain.enrol import Person

    edition = make_edition(age_from=6, age_to=17)
    ask(edition, "Rosa", people=[Person(name="Mateo", call_me="Teo", birth_date=date(2018, 1, 1))], language="en")

    assert Letter.objects.latest("created_at").text.startswith("Hello Rosa,")


def test_offer_says_until_when(make_edition, ask, now):
    letter = next(letter for letter in every_letter(make_edition, ask, now, "en") if letter.template.endswith("offer"))

    assert "Sunday 4 October 2026, 09:00" in letter.text


def test_calendar_keeps_the_hour_when_the_clocks_change(make_edition, ask):
    edition = make_edition(dates=(date(2026, 10, 20), date(2026, 10, 27)), venue_name="Sede")
    cancelled = Meeting.objects.create(
        edition=edition, date=date(2026, 11, 3), starts_at=time(18, 30), ends_at=time(20), cancelled=True
    )
    ask(edition, "Giulia")

    name, content_type, text = Letter.objects.latest("created_at").attachments[0]
    calendar = Calendar.from_ical(text)
    events = {event["UID"].split("@")[0]: event for event in calendar.walk("VEVENT")}

    assert (name, content_type) == ("arabo-sera.ics", "text/calendar")
    starts = [event.decoded("DTSTART") for event in events.values()]
    assert [start.strftime("%d/%m %H:%M") for start in starts] == ["20/10 18:30", "27/10 18:30", "03/11 18:30"]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=2), timedelta(hours=1), timedelta(hours=1)]
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
    assert events[f"meeting-{cancelled.pk}"]["STATUS"] == "CANCELLED"
    assert {event["LOCATION"] for event in events.values()} == {"Sede"}


def test_calendar_of_what_is_cancelled_says_so(make_edition, now):
    edition = make_edition(status="cancelled")

    text = calendar_text(edition, meetings_of(edition), title="Arabo", now=now)

    assert [event["STATUS"] for event in Calendar.from_ical(text).walk("VEVENT")] == ["CANCELLED", "CANCELLED"]


def test_calendar_goes_with_the_mail(make_edition, ask):
    ask(make_edition(), "Giulia")

    mail = message(Letter.objects.latest("created_at")).message()

    assert [part.get_content_type() for part in mail.walk() if part.get_filename()] == ["text/calendar"]


def test_a_party_past_midnight_ends_the_next_day(make_edition):
    edition = make_edition(dates=())
    meeting = Meeting.objects.create(edition=edition, date=date(2026, 12, 31), starts_at=time(22), ends_at=time(1))

    assert meeting.end - meeting.start == timedelta(hours=3)


def test_another_zone_changes_on_its_own_days(make_edition):
    edition = make_edition(dates=(date(2026, 3, 1),), time_zone="Africa/Casablanca")

    assert edition.meetings.get().start.utcoffset() == timedelta(0)
