"""How often `enrol` asks the database, exactly: it holds the lock of the edition meanwhile, and everybody else waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.withdraw import withdraw

NAMES = ["Samira", "Irina", "Arben", "Fatou", "Mei", "Olga"]


def number_of_queries(ask, edition) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask(edition, "Giulia", confirmed=False)
    return len(captured)


@pytest.mark.parametrize(
    ("others", "number"), [(1, 21), (2, 22), (6, 22)], ids=["gets a place", "is the first to wait", "waits behind four"]
)
def test_in_order_of_arrival(make_edition, course, ask, others: int, number: int):
    edition = make_edition(course=course, places=2)
    for name in NAMES[:others]:
        ask(edition, name)

    assert number_of_queries(ask, edition) == number


def test_in_a_draw(make_edition, course, ask, now):
    closes = now + timedelta(days=5)
    edition = make_edition(course=course, enrolment="draw", closes_at=closes, draws_at=closes)
    announce(edition, now=now)
    ask(edition, "Samira")

    assert number_of_queries(ask, edition) == 21


def test_what_comes_again_is_looked_at_more_closely(make_edition, course, ask, now):
    """The short way is not taken where a closer look is due: all is found that was found before."""
    edition = make_edition(course=course, places=2)
    first, second = ask(edition, "Samira"), ask(edition, "Irina")
    withdraw(second, now=now)

    assert ask(edition, "Samira", confirmed=False).pk == first.pk
    assert ask(edition, "Irina", request_key=second.request_key, confirmed=False).pk == second.pk
    assert ask(edition, "Irina", confirmed=False).pk not in (first.pk, second.pk)
