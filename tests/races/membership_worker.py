"""One process of the race: admits applications as fast as it can. Prints as JSON the numbers given and what went wrong.

    python tests/races/membership_worker.py <number of this process> <how many there are> <different or same> <folder of the barrier> <lock: 1 or 0>

With `different` each process admits applications of its own; with `same` all of them admit the same ones. Without the lock
the verb runs as it would have been written by somebody who did not think of two people at once.
"""

# ruff: noqa: E402, T201 - Django is set up before its models are read; the answer is what is printed

import json
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foundation_site.settings.test")

import django

django.setup()

from django.db import Error, connection
from django.utils import timezone

from associations.membership.domain import admit
from associations.membership.models import Application, Roll
from foundation_site.core.errors import RuleViolation
from foundation_site.users.models import User


def take_the_lock_off() -> None:
    admit.locked = lambda application: Application.objects.get(pk=application.pk)  # type: ignore[attr-defined]
    admit.locked_roll = lambda: Roll.objects.get_or_create(pk=1)[0]
    if connection.vendor == "sqlite":  # there the transaction is the lock
        admit.transaction = SimpleNamespace(atomic=nullcontext, on_commit=lambda _callback: None)  # type: ignore[attr-defined]


def think_before_writing() -> None:
    """A moment between reading the last number and giving the next: with the lock nobody else can use it."""
    next_number = admit.next_number

    def slowly(roll: Roll) -> int:
        number = next_number(roll)
        time.sleep(0.005)
        return number

    admit.next_number = slowly


def main(me: int, processes: int, scenario: str, folder: Path) -> None:
    board = User.objects.get(email="board@example.org")
    applications = list(Application.objects.filter(state="in_review").order_by("pk"))
    mine = applications[me::processes] if scenario == "different" else applications
    (folder / f"ready-{me}").touch()
    while not (folder / "go").exists():
        time.sleep(0.002)
    numbers: dict[str, int] = {}
    trouble: list[str] = []
    for application in mine:
        try:
            numbers[application.reference] = admit.admit(application, by=board, now=timezone.now()).number
        except (Error, RuleViolation, Application.DoesNotExist) as error:
            trouble.append(f"{type(error).__name__}: {error}")
    print(json.dumps({"numbers": numbers, "trouble": trouble}))


if __name__ == "__main__":
    me, processes, scenario, folder, lock = sys.argv[1:]
    think_before_writing()
    if lock == "0":
        take_the_lock_off()
    main(int(me), int(processes), scenario, Path(folder))
