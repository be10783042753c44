"""The public figures: people, not requests; nothing below five is told, nor can it be worked out; they outlive the requests."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from projects.enrolment.domain.accept import accept
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.decline import decline
from projects.enrolment.domain.draw import draw
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.forget import forget
from projects.enrolment.domain.turn_away import turn_away
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.figures import Odds, counts_of, odds, shown, total, years
from projects.enrolment.models import Course, CourseName, Edition, EditionName, Enrolment, Figures

PAGE, FILE = "/en/enrol/figures/", "/en/enrol/figures/figures.csv"
PAGE_QUERIES, REQUEST_QUERIES = 1, 8


def over(edition: Edition) -> datetime:
    return max(meeting.end for meeting in edition.meetings.all())


def fill(edition: Edition, figures: str, **more: Any) -> None:
    """Figures of an edition whose requests are forgotten: `"31 24 20 7"`."""
    numbers = dict(zip(("requested", "offered", "taken", "turned_away"), map(int, figures.split()), strict=True))
    Figures.objects.create(**{"edition": edition, "from_waiting": 0, "written_at": timezone.now(), **numbers, **more})


def numbers() -> list[list[str]]:
    with override("en"):
        return [row.numbers for year in years() for row in year.rows]


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Counting


def test_people_are_counted_by_what_became_of_their_request(make_edition, ask, now):
    edition = make_edition(places=2)
    rosa = ask(edition, "Rosa", "Teo")
    declines, waits, gives_up = ask(edition, "Samira"), ask(edition, "Irina", "Vera"), ask(edition, "Mei")
    withdraw(gives_up, now=now)
    withdraw(rosa, now=now)
    decline(declines, now=now)
    assert accept(Enrolment.objects.get(pk=waits.pk), now=now).state == "enrolled"
    ask(edition, "Fatou")

    # Rosa, Teo, Samira, Irina, Vera, Mei and Fatou asked; a place was offered to all but Mei, who gave up waiting, and Fatou.
    assert counts_of(edition) == {"requested": 7, "offered": 5, "taken": 2, "turned_away": 1, "from_waiting": 2}


def test_who_gave_a_place_back_was_offered_one(make_edition, ask, now):
    edition = make_edition(places=1)
    withdraw(ask(edition, "Giulia"), now=now)

    assert counts_of(edition) == {"requested": 1, "offered": 1, "taken": 0, "turned_away": 0, "from_waiting": 0}


def test_who_asks_again_is_one_person(make_edition, ask, now):
    edition = make_edition(places=1)
    withdraw(ask(edition, "Giulia"), now=now)
    ask(edition, "Giulia")

    assert counts_of(edition)["requested"] == 1


def test_an_address_that_nobody_confirmed_is_not_counted_and_a_phone_is(make_edition, ask, now):
    edition = make_edition(places=9)
    ask(edition, "Giulia", confirmed=False)
    ask(edition, "Samira", email="", phone="+393330000101", confirmed=False)
    assert counts_of(edition)["requested"] == 1

    confirm(Enrolment.objects.get(contact_name="Giulia"), now=now)
    assert counts_of(edition)["requested"] == 2

    ask(edition, "Irina", confirmed=False)
    expire(now=now + timedelta(days=2))
    assert counts_of(edition)["requested"] == 2


def test_who_waits_is_counted_as_without_a_place_before_and_after_the_end(make_edition, ask):
    edition = make_edition(places=1)
    ask(edition, "Giulia")
    ask(edition, "Samira", "Amal")

    before = counts_of(edition)
    turn_away(edition, now=over(edition))

    assert (
        before == counts_of(edition) == {"requested": 3, "offered": 1, "taken": 1, "turned_away": 2, "from_waiting": 0}
    )


# Forgetting


def test_figures_are_written_when_the_requests_are_forgotten_and_read_the_same(make_edition, ask):
    edition = make_edition(places=6, party_max=9)
    ask(edition, "Rosa", *(f"Bambino {letter}" for letter in "abcde"))
    ask(edition, "Samira", *(f"Bambina {letter}" for letter in "abcd"))
    turn_away(edition, now=over(edition))
    before = numbers()
    forgotten = over(edition) + timedelta(days=365)

    assert forget(now=forgotten) == 2
    assert forget(now=forgotten) == 0

    written = Figures.objects.get()
    assert (written.requested, written.offered, written.taken, written.turned_away) == (11, 6, 6, 5)
    assert (written.edition, written.written_at, Enrolment.objects.count()) == (edition, forgotten, 0)
    assert before == numbers() == [["11", "6", "6", "5"]]


# What is told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([12, 7], "19"),
        ([12, 4], "at least 12"),
        ([12, 0], "at least 12"),
        ([12, 4, 3], "at least 12"),
        ([4], "not shown"),
        ([0, 0], "not shown"),
        ([5], "5"),
    ],
)
def test_a_total_tells_nothing_of_what_is_hidden(numbers, told):
    with override("en"):
        assert total(numbers) == told


@pytest.mark.parametrize("hidden", [range(5)])
def test_from_the_page_nobody_can_tell_hidden_numbers_apart(make_edition, hidden):
    """Whatever the small number is, the page is the same to the letter, totals included."""
    big, small = make_edition("grande"), make_edition("piccola")
    fill(big, "31 24 20 7")
    fill(small, "9 8 6 0")

    pages = set()
    for number in hidden:
        Figures.objects.filter(edition=small).update(turned_away=number)
        with override("en"):
            pages.add(str(years()))

    assert len(pages) == 1


def test_small_groups_are_hidden_and_five_is_not():
    with override("en"):
        assert [shown(number) for number in (0, 1, 4, 5, 31)] == ["fewer than 5"] * 3 + ["5", "31"]


def test_years_are_newest_first_with_their_editions_and_totals(make_edition, course):
    for slug, day, figures in (
        ("a", date(2024, 10, 1), "31 24 20 7"),
        ("b", date(2025, 2, 1), "12 12 11 0"),
        ("c", date(2025, 9, 1), "40 22 20 18"),
    ):
        fill(make_edition(slug, course=course, label=slug.upper(), dates=(day,)), figures)

    with override("en"):
        told = [(year.year, [(row.edition, *row.numbers) for row in year.rows], year.totals) for year in years()]

    assert told == [
        (
            2025,
            [("C", "40", "22", "20", "18"), ("B", "12", "12", "11", "fewer than 5")],
            ["52", "34", "31", "at least 18"],
        ),
        (2024, [("A", "31", "24", "20", "7")], ["31", "24", "20", "7"]),
    ]


def test_drafts_free_entry_and_what_nobody_asked_for_are_not_told(make_edition):
    for slug, facts in (("a", {"status": "draft"}), ("b", {"enrolment": "none"}), ("c", {"dates": ()})):
        fill(make_edition(slug, **facts), "31 24 20 7")
    make_edition("d")

    assert years() == []


# On the site


def test_the_page_says_what_each_number_means(client: Client, home, make_edition, course):
    fill(make_edition(course=course), "31 24 20 3")

    response = client.get(PAGE)
    page = text(response)

    assert response.status_code == 200
    for sentence in (
        "People who asked for a place, also those who withdrew later.",
        "People who got a place or the offer of one, whether they took it or not.",
        "People who took a place and did not give it back.",
        "People on the waiting list, up to now or, where it is over, to the end.",
        "We count people, not requests",
        "Numbers below 5 are not told",
    ):
        assert sentence in page
    assert "<td>31</td><td>24</td><td>20</td><td>fewer than 5</td>" in page
    assert "<td>31</td><td>24</td><td>20</td><td>not shown</td>" in page
    assert "Arabo<br>Sera" in page


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_the_page_opens_in_every_language_with_names_in_it(client: Client, home, make_edition, course, language):
    edition = make_edition(course=course)
    fill(edition, "31 24 20 7")
    CourseName.objects.create(course=course, language="ar", text="العربية")
    EditionName.objects.create(edition=edition, language="ar", text="مساءً")

    response = client.get(f"/{language}/enrol/figures/")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in text(response)
    assert ("مساءً" in text(response)) == (language == "ar")
    assert ('dir="rtl"' in text(response)) == (language == "ar")


def test_before_there_are_figures_it_says_so(client: Client, home):
    assert "There are no figures yet." in text(client.get(PAGE))


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_the_same_number_of_questions(
    client: Client, home, make_edition, course, ask, number, django_assert_num_queries
):
    for index in range(number):
        edition = make_edition(f"e{index}", course=course, dates=(date(2000 + index, 3, 1),))
        fill(edition, "31 24 20 7")
    ask(make_edition("viva", course=course), "Giulia")
    client.get(PAGE)

    with django_assert_num_queries(1):
        assert sum(len(year.rows) for year in years()) == number + 1
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)


def test_the_file_holds_the_rows_of_the_page(client: Client, home, make_edition, course):
    fill(make_edition("a", course=course, label="=HYPERLINK(1)", dates=(date(2025, 2, 1),)), "31 24 20 3")
    fill(make_edition("b", label="Festa", dates=(date(2024, 2, 1),)), "12 12 12 0")

    response = client.get(FILE)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))) == [
        ["Year", "Course", "Edition", "Asked for a place", "Were offered a place", "Have a place", "Found no place"],
        ["2025", "Arabo", "'=HYPERLINK(1)", "31", "24", "20", "fewer than 5"],
        ["2024", "", "Festa", "12", "12", "12", "fewer than 5"],
    ]


def test_the_form_leads_to_the_figures(client: Client, home, make_edition):
    make_edition()

    assert '<a href="/en/enrol/figures/">' in text(client.get("/en/enrol/arabo-sera/"))


# The odds


@pytest.mark.parametrize(
    ("facts", "figures", "from_waiting", "expected"),
    [
        ({}, "31 26 20 5", 6, Odds(False, 31, "20", "6")),
        ({}, "31 26 20 5", 2, Odds(False, 31, "20", "fewer than 5")),
        ({}, "31 31 31 0", 0, None),
        ({}, "4 2 2 2", 0, None),
        ({"status": "cancelled"}, "31 26 20 5", 6, None),
        ({"course": None}, "31 26 20 5", 6, None),
        ({"dates": (date(2026, 10, 1),)}, "31 26 20 5", 6, None),
    ],
    ids=["with a list", "few had waited", "nobody waited", "few asked", "cancelled", "an event", "not over"],
)
def test_odds_are_those_of_last_time(make_edition, course, now, facts, figures, from_waiting, expected):
    fill(
        make_edition("prima", **{"course": course, "dates": (date(2026, 3, 3),), **facts}),
        figures,
        from_waiting=from_waiting,
    )
    edition = make_edition(course=course)

    with override("en"):
        assert odds(edition, now=now) == expected


def test_odds_of_a_draw_and_of_the_last_of_several_in_one_query(
    make_edition, course, ask, now, django_assert_num_queries
):
    fill(make_edition("prima", course=course, dates=(date(2026, 1, 13),)), "31 26 20 5", from_waiting=6)
    lottery = make_edition(
        "sorteggio",
        course=course,
        enrolment="draw",
        places=5,
        dates=(date(2026, 10, 20),),
        closes_at=now + timedelta(days=1),
        draws_at=now + timedelta(days=2),
    )
    announce(lottery, now=now)
    for letter in "abcdefg":
        ask(lottery, f"Persona {letter}")
    draw(lottery, now=now + timedelta(days=2))
    edition = make_edition(course=course, dates=(date(2027, 1, 12),))

    with django_assert_num_queries(1):
        assert odds(edition, now=now + timedelta(days=30)) == Odds(True, 7, "5", shown(0))


@pytest.fixture
def last_time(home, make_edition):
    course = Course.objects.create(slug="cinese", label="Cinese", kind="foreign_language")
    fill(make_edition("prima", course=course, dates=(date(2025, 3, 3),)), "31 26 20 5", from_waiting=6)
    return course


@pytest.mark.parametrize(("places", "told"), [(0, True), (9, False)], ids=["full", "places free"])
def test_the_form_tells_the_odds_when_one_would_wait(client: Client, last_time, make_edition, places, told):
    make_edition(course=last_time, places=places, dates=(timezone.localdate() + timedelta(days=30),))

    page = text(client.get("/en/enrol/arabo-sera/"))

    assert ("Last time 31 people asked, and 6 who had waited got a place." in page) == told


def test_the_form_of_a_draw_tells_the_odds_of_the_last(client: Client, last_time, make_edition):
    Edition.objects.filter(slug="prima").update(enrolment="draw", closes_at="2025-01-01T00:00Z", draws_at="2025-01-02T00:00Z")  # fmt: skip
    now = timezone.now()
    announce(
        make_edition(
            course=last_time,
            enrolment="draw",
            dates=(timezone.localdate() + timedelta(days=30),),
            closes_at=now + timedelta(days=5),
            draws_at=now + timedelta(days=6),
        ),
        now=now,
    )

    page = text(client.get("/en/enrol/arabo-sera/"))

    assert "Last time 31 people asked, and 20 of them got a place." in page


def test_a_request_that_waits_tells_the_odds_and_one_with_a_place_does_not(
    client: Client, last_time, make_edition, ask, django_assert_num_queries
):
    edition = make_edition(course=last_time, places=1, dates=(timezone.localdate() + timedelta(days=30),))
    has_a_place, waits = (ask(edition, name, now=timezone.now()) for name in ("Giulia", "Samira"))
    client.get(f"/en/enrol/request/{waits.token}/")

    with django_assert_num_queries(REQUEST_QUERIES):
        placed = text(client.get(f"/en/enrol/request/{has_a_place.token}/"))
    with django_assert_num_queries(REQUEST_QUERIES + 3):  # her number on the list, the odds, the wish to be told first
        waiting = text(client.get(f"/en/enrol/request/{waits.token}/"))

    assert "Last time 31 people asked, and 6 who had waited got a place." in waiting
    assert "Last time" not in placed
