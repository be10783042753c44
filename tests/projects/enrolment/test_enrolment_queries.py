from datetime import date, timedelta

import pytest
from django.utils.translation import override

from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.models import CourseName, Edition, EditionName
from projects.enrolment.queries import (
    edition_card,
    editions_for_course,
    with_places,
)


def test_places_are_counted_in_one_query(make_edition, ask, now, django_assert_num_queries):
    full, half, free = make_edition("a", places=2), make_edition("b", places=3), make_edition("c", places=None)
    first = ask(full, "Giulia", "Nadia")
    ask(full, "Samira")
    ask(full, "Irina", "Vera")
    ask(half, "Giulia")
    ask(free, "Giulia")
    withdraw(first, now=now)

    with django_assert_num_queries(1):
        rows = list(with_places(Edition.objects.order_by("slug")))

    counted = [
        (row.taken, row.offered, row.waiting, row.free) for row in rows
    ]  # Samira is offered one place; two do not fit
    assert counted == [(1, 1, 1, 1), (1, 0, 0, 2), (1, 0, 0, None)]


@pytest.mark.parametrize("number", [1, 3])
def test_course_page_asks_three_times_however_many_editions(
    make_edition, ask, course, now, number, django_assert_num_queries
):
    for index in range(number):
        edition = make_edition(f"arabo-{index}", course=course)
        EditionName.objects.create(edition=edition, language="ar", text="مساءً")
        ask(edition, "Giulia")
    CourseName.objects.create(course=course, language="ar", text="العربية")

    with django_assert_num_queries(3), override("ar"):
        cards = editions_for_course(course, now=now)
        shown = [
            (
                card.label,
                card.label_language,
                card.state,
                card.free,
                card.waiting,
                card.timetable.weekday_name,
                card.enrol_url,
            )
            for card in cards
        ]

    assert shown == [("مساءً", "ar", "open", 1, 0, "الثلاثاء", f"/ar/enrol/arabo-{index}/") for index in range(number)]


def test_course_page_shows_no_draft_and_the_finished_last(make_edition, course, now):
    make_edition("finita", course=course, dates=(date(2026, 1, 13),))
    make_edition("bozza", course=course, status="draft")
    make_edition("dopo", course=course, dates=(date(2026, 11, 10),))
    make_edition("prima", course=course, dates=(date(2026, 10, 6),))

    cards = editions_for_course(course, now=now)

    assert [(card.edition.slug, card.state) for card in cards] == [
        ("prima", "open"),
        ("dopo", "open"),
        ("finita", "finished"),
    ]


def test_card_without_a_name_in_the_language_says_it_is_italian(make_edition, now):
    with override("fr"):
        card = edition_card(make_edition(), now=now)

    assert (card.label, card.label_language) == ("Sera", "it")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "open"),
        ({"places": 0}, "full"),
        ({"enrolment": "none"}, "free_entry"),
        ({"opens_at": timedelta(seconds=1)}, "soon"),
        ({"opens_at": timedelta(0)}, "open"),
        ({"closes_at": timedelta(seconds=1)}, "open"),
        ({"closes_at": timedelta(0)}, "closed"),
        ({"status": "cancelled"}, "cancelled"),
        ({"dates": (date(2026, 9, 30),)}, "finished"),
        ({"dates": ()}, "open"),
    ],
)
def test_standing(make_edition, now, facts, state):
    times = {key: now + value for key, value in facts.items() if key in {"opens_at", "closes_at"}}

    assert edition_card(make_edition(**{**facts, **times}), now=now).state == state


def test_timetable_tells_weekday_and_hours_only_where_they_are_the_same(make_edition, now):
    steady, moving = make_edition("a"), make_edition("b", dates=(date(2026, 10, 20), date(2026, 10, 22)))

    one, other = (edition_card(edition, now=now).timetable for edition in (steady, moving))

    assert (one.count, one.weekday, one.first, one.last) == (2, 1, date(2026, 10, 20), date(2026, 10, 27))
    assert (other.weekday, other.starts_at.hour) == (None, 18)


def test_a_cancelled_meeting_is_not_the_next(make_edition, now):
    edition = make_edition()
    edition.meetings.filter(date=date(2026, 10, 20)).update(cancelled=True)

    card = edition_card(edition, now=now)

    assert card.next_meeting.date == date(2026, 10, 27)
    assert card.timetable.count == 1


def test_what_is_cancelled_has_no_next_meeting(make_edition, now):
    card = edition_card(make_edition(status="cancelled"), now=now)

    assert (card.next_meeting, card.calendar_url) == (None, "")
    assert card.timetable.count == 2
