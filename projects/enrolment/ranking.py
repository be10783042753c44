"""Ranking by points so that anybody can do it again: plain functions of the published scores, criteria and lot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from . import lots
from .lots import Lot


@dataclass(frozen=True)
class Scale:
    """How much a criterion weighs, and the highest score in it; the lowest is 0."""

    weight: int
    highest: int


@dataclass(frozen=True)
class Scored:
    """A party and what each of its assessors gave it, in the order of the criteria. Whose scores they are is not told."""

    lot: Lot
    scores: tuple[tuple[int, ...], ...]

    def __str__(self) -> str:
        return " ".join([str(self.lot), *(",".join(map(str, given)) for given in sorted(self.scores))])


@dataclass(frozen=True)
class Ranked:
    """Where a party came: the mean of its scores in each criterion, its points of a hundred, and whether there was room for all of it."""

    rank: int
    lot: Lot
    means: tuple[Decimal, ...]
    points: Decimal
    given: bool


def written(parties: Iterable[Scored]) -> str:
    """The table as it is published: a line each, by code; the scores of an assessor joined by commas."""
    return "".join(f"{party}\n" for party in sorted(parties, key=lambda party: party.lot.code))


def read(listed: str) -> list[Scored]:
    rows = (line.split() for line in listed.splitlines())
    return [
        Scored(Lot(code, int(people), int(group)), tuple(tuple(map(int, given.split(","))) for given in scores))
        for code, people, group, *scores in rows
    ]


def means(scores: Sequence[Sequence[int]]) -> list[Fraction]:
    """Of each criterion over the assessors."""
    return [Fraction(sum(given), len(given)) for given in zip(*scores, strict=True)]


def points(scores: Sequence[Sequence[int]], criteria: Sequence[Scale]) -> Decimal:
    """The mean in each criterion as a part of its highest score, by its weight; of a hundred in all."""
    parts = zip(means(scores), criteria, strict=True)
    reached = sum(mean / scale.highest * scale.weight for mean, scale in parts)
    return rounded(100 * reached / Fraction(sum(scale.weight for scale in criteria)))


def rounded(number: Fraction) -> Decimal:
    """To two decimals, half up, as people do it by hand. What is shown is what decides: no difference behind it."""
    return Decimal((200 * number.numerator + number.denominator) // (2 * number.denominator)).scaleb(-2)


def rank(listed: str, *, criteria: Sequence[Scale], secret: str, places: int) -> list[Ranked]:
    """By points; among equals by group, then by the lot that the secret gives (see lots). Places go in this order: whoever fits
    into what is left gets one; a party that is larger is passed over and keeps its rank."""
    parties = {party.lot: party for party in read(listed)}
    reached = {lot: points(party.scores, criteria) for lot, party in parties.items()}
    order = sorted(parties, key=lambda lot: (-reached[lot], lot.group, lots.chance(lot, secret)))
    return [
        Ranked(
            drawn.rank,
            drawn.lot,
            tuple(map(rounded, means(parties[drawn.lot].scores))),
            reached[drawn.lot],
            drawn.given,
        )
        for drawn in lots.give(order, places=places)
    ]
