"""Drawing lots so that anybody can do it again: plain functions of a public list and a secret that was promised before."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lot:
    """A party in the draw: its public code, how many they are, and its group, of which 0 is served first."""

    code: str
    people: int
    group: int

    def __str__(self) -> str:
        return f"{self.code} {self.people} {self.group}"


@dataclass(frozen=True)
class Drawn:
    """Where a party came, and whether there was room for all of it then."""

    rank: int
    lot: Lot
    given: bool


def new_secret() -> str:
    return secrets.token_hex(32)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def written(lots: Iterable[Lot]) -> str:
    """The list as it is published and its fingerprint taken: a line each, by code, so that no order is hidden in it."""
    return "".join(f"{lot}\n" for lot in sorted(lots, key=lambda lot: lot.code))


def read(listed: str) -> list[Lot]:
    rows = (line.split() for line in listed.splitlines())
    return [Lot(code, int(people), int(group)) for code, people, group in rows]


def draw(listed: str, *, secret: str, places: int, gone: Collection[str] = ()) -> list[Drawn]:
    """By group, then by HMAC-SHA256 of the code under the secret. Whoever fits into what is left gets a place; a party that is
    larger is passed over and keeps its rank, and so is one that is `gone`, having withdrawn since the list was closed."""
    return give(sorted(read(listed), key=lambda lot: (lot.group, chance(lot, secret))), places=places, gone=gone)


def chance(lot: Lot, secret: str) -> str:
    return hmac.new(secret.encode(), lot.code.encode(), "sha256").hexdigest()


def give(order: Iterable[Lot], *, places: int, gone: Collection[str] = ()) -> list[Drawn]:
    """The places to parties in this order, as `draw` says."""
    drawn = []
    for rank, lot in enumerate(order, start=1):
        given = lot.code not in gone and lot.people <= places
        places -= lot.people if given else 0
        drawn.append(Drawn(rank, lot, given))
    return drawn
