"""One process of the race: asks, withdraws, accepts and lets offers end, as fast as it can. Prints what it saw as JSON.

    python tests/races/enrolment_worker.py <edition> <number of this process> <requests> <folder of the barrier> <lock: 1 or 0> <processes>

Without the lock the verbs run as they would have been written by somebody who did not think of two people at once.
"""

# ruff: noqa: E402, T201 - Django is set up before its models are read; the answer is what is printed

import json
import os
import sys
import time
import uuid
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foundation_site.settings.test")

import django

django.setup()

from django.db import connection
from django.utils import timezone

from foundation_site.core.errors import RuleViolation
from projects.enrolment.domain import accept, confirm, decline, enrol, expire, offer, withdraw
from projects.enrolment.models import Edition, Enrolment
from projects.enrolment.queries import with_places

VERBS = (accept, confirm, decline, enrol, expire, offer, withdraw)


def take_the_lock_off(*verbs: Any) -> None:
    for module in verbs:
        module.lock_edition = lambda pk: Edition.objects.get(pk=pk)
        if connection.vendor == "sqlite":  # there the transaction is the lock
            module.transaction = SimpleNamespace(atomic=nullcontext)


def ask(edition: Edition, name: str, *, now: datetime | None = None) -> Enrolment:
    contact = enrol.Contact(name=name, language="it", email=f"{name.lower().replace(' ', '.')}@example.org")
    people = [enrol.Person(name=name)]
    now = now or timezone.now()
    return enrol.enrol(edition, contact=contact, people=people, request_key=uuid.uuid4(), now=now)


def letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def main(edition_id: int, me: int, requests: int, folder: Path) -> None:
    edition = Edition.objects.get(pk=edition_id)
    (folder / f"ready-{me}").touch()
    while not (folder / "go").exists():
        time.sleep(0.002)
    mine: list[Enrolment] = []
    most, slowest, refused = 0, 0.0, 0
    for turn in range(requests):
        started = time.perf_counter()
        # Every tenth asks for the same person as all the other processes do at the same turn.
        mine.append(
            ask(edition, f"Tutti {letters(turn)}" if turn % 10 == 9 else f"Persona {letters(me)} {letters(turn)}")
        )
        slowest = max(slowest, time.perf_counter() - started)
        if turn % 3:
            try:
                confirm.confirm(mine[-1], now=timezone.now())
            except RuleViolation:  # another process, whose clock is three days ahead, has ended it
                refused += 1
        if turn % 4 == 3:
            withdraw.withdraw(mine[turn // 2], now=timezone.now())
        if turn % 5 == 4:
            for offered in Enrolment.objects.filter(state="offered", pk__in=[one.pk for one in mine]):
                try:
                    (accept.accept if offered.pk % 3 else decline.decline)(offered, now=timezone.now())
                except RuleViolation:
                    refused += 1
        if turn % 12 == 11 and me == 0:
            expire.expire(now=timezone.now() + timedelta(days=3))
        most = max(most, with_places(Edition.objects.filter(pk=edition_id)).get().taken)
    print(json.dumps({"asked": len(mine), "most": most, "slowest": slowest, "refused": refused}))


if __name__ == "__main__":
    edition_id, me, requests, folder, lock, _processes = sys.argv[1:]
    if lock == "0":
        take_the_lock_off(*VERBS)
    main(int(edition_id), int(me), int(requests), Path(folder))
