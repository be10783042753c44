"""Points and order of a selection: pure arithmetic, the same for everybody who does it again."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.enrolment import lots, ranking
from projects.enrolment.lots import Lot
from projects.enrolment.ranking import Scale, Scored

CRITERIA = [Scale(weight=3, highest=5), Scale(weight=1, highest=10)]
ASSESSED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10)), min_size=2, max_size=4).map(tuple)
PARTIES = st.lists(
    st.builds(
        Scored,
        st.builds(Lot, st.text("ABCDEFGH23456789", min_size=8, max_size=8), st.integers(1, 4), st.integers(0, 2)),
        ASSESSED,
    ),
    unique_by=lambda party: party.lot.code,
    max_size=20,
)


def ranked(parties, *, places=20):
    return ranking.rank(ranking.written(parties), criteria=CRITERIA, secret="s", places=places)


@given(PARTIES, st.integers(0, 20))
def test_order_is_of_points_then_groups_then_the_lot(parties, places):
    order = ranked(parties, places=places)

    assert [row.rank for row in order] == list(range(1, len(parties) + 1))
    assert {row.lot for row in order} == {party.lot for party in parties}
    for above, below in pairwise(order):
        assert above.points >= below.points
        if above.points == below.points:
            assert above.lot.group <= below.lot.group
            if above.lot.group == below.lot.group:
                assert lots.chance(above.lot, "s") < lots.chance(below.lot, "s")


@given(PARTIES, st.integers(0, 20))
def test_whoever_fits_into_what_is_left_gets_a_place(parties, places):
    left = places
    for row in ranked(parties, places=places):
        assert row.given == (row.lot.people <= left)
        left -= row.lot.people if row.given else 0
    assert left >= 0


@given(PARTIES)
def test_neither_the_order_of_asking_nor_who_assessed_can_be_read(parties):
    other = [Scored(party.lot, tuple(reversed(party.scores))) for party in reversed(parties)]

    assert ranking.written(parties) == ranking.written(other)
    assert ranked(parties) == ranked(other)


@given(ASSESSED)
def test_points_are_of_a_hundred_and_exact_to_half_a_hundredth(scores):
    points = ranking.points(scores, CRITERIA)

    exact = sum(Fraction(75 * first, 5) + Fraction(25 * second, 10) for first, second in scores) / len(scores)
    assert 0 <= points <= 100
    assert abs(Fraction(points) - exact) <= Fraction(1, 200)


@given(ASSESSED, st.integers(0, 3), st.integers(0, 1))
def test_a_higher_score_never_takes_points_away(scores, who, criterion):
    better = [list(given) for given in scores]
    row = better[who % len(better)]
    row[criterion] = min(row[criterion] + 1, CRITERIA[criterion].highest)

    assert ranking.points(better, CRITERIA) >= ranking.points(scores, CRITERIA)


@pytest.mark.parametrize(
    ("scores", "points"),
    [
        ([(5, 10), (5, 10)], "100.00"),
        ([(0, 0), (0, 0)], "0.00"),
        ([(5, 0), (5, 0)], "75.00"),
        ([(4, 7), (3, 8)], "71.25"),
        ([(4, 0), (4, 0), (5, 1)], "65.83"),
    ],
    ids=["all", "nothing", "only the first criterion", "two assessors", "three assessors"],
)
def test_the_arithmetic_in_numbers(scores, points):
    assert ranking.points(scores, CRITERIA) == Decimal(points)


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67"), (Fraction(1, 200), "0.01"), (Fraction(5), "5.00")],
    ids=str,
)
def test_rounding_is_half_up(number, text):
    assert str(ranking.rounded(number)) == text
