"""One process of the races: admits applications as fast as it can. Starting Django costs more than the race, so a process
stays for several races: it reads one a line, as JSON, and answers each with one line.

    python tests/races/membership_worker.py <number of this process> <how many there are>

`{"do": "prepare", "applications": 40}` empties the register and writes applications; `{"do": "outcome"}` tells what is left;
`{"do": "race", "scenario": "different", "folder": "…", "lock": true}` waits at the barrier in the folder, admits, and tells
which numbers were given and what went wrong. With `different` each process admits applications of its own; with `same` all
of them admit the same ones. Without the lock the verb runs as it would have been written by somebody who did not think of
two people at once.
"""

# ruff: noqa: E402, T201 - Django is set up before its models are read; the answer is what is printed

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foundation_site.settings.test")

import django

django.setup()

from django.db import Error, connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from associations.membership.domain import admit
from associations.membership.models import (
    Application,
    Association,
    AssociationCommunity,
    AssociationField,
    AssociationLanguage,
    Membership,
    Roll,
)
from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User

BOARD = "board@example.org"
EMPTIED = (
    Application, Membership, AssociationCommunity, AssociationField, AssociationLanguage, Association, Roll, Letter, ModelLogEntry,
)  # fmt: skip


def prepare(applications: int) -> dict[str, int]:
    for model in EMPTIED:
        model.objects.all().delete()
    User.objects.filter(email=BOARD).delete()
    User.objects.create_user(BOARD, "a-long-password-for-tests")
    now = timezone.now()
    for number in range(applications):
        Application.objects.create(
            name=f"Associazione {number}", legal_form="aps", language="it", contact_name="Awa", contact_email="awa@example.org",
            communities=["SN"], state="in_review", sent_at=now, statements_accepted_at=now,
        )  # fmt: skip
    return {"applications": Application.objects.count()}


def outcome() -> dict[str, Any]:
    return {
        "admitted": Application.objects.filter(state="admitted").count(),
        "associations": Association.objects.count(),
        "numbers": sorted(Membership.objects.values_list("number", flat=True)),
        "letters": Letter.objects.filter(template="membership/mail/admitted").count(),
    }


@contextmanager
def without_lock() -> Iterator[None]:
    kept = {name: getattr(admit, name) for name in ("locked", "locked_roll", "transaction")}
    admit.locked = lambda application: Application.objects.get(pk=application.pk)  # type: ignore[attr-defined]
    admit.locked_roll = lambda: Roll.objects.get_or_create(pk=1)[0]
    if connection.vendor == "sqlite":  # there the transaction is the lock
        admit.transaction = SimpleNamespace(atomic=nullcontext, on_commit=lambda _callback: None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(admit, name, value)


def think_before_writing() -> None:
    """A moment between reading the last number and giving the next: with the lock nobody else can use it."""
    next_number = admit.next_number

    def slowly(roll: Roll) -> int:
        number = next_number(roll)
        time.sleep(0.005)
        return number

    admit.next_number = slowly


def race(me: int, processes: int, scenario: str, folder: Path) -> dict[str, Any]:
    board = User.objects.get(email=BOARD)
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
    return {"numbers": numbers, "trouble": trouble}


def answer(me: int, processes: int, order: dict[str, Any]) -> dict[str, Any]:
    if order["do"] == "prepare":
        return prepare(order["applications"])
    if order["do"] == "outcome":
        return outcome()
    with nullcontext() if order["lock"] else without_lock():
        return race(me, processes, order["scenario"], Path(order["folder"]))


if __name__ == "__main__":
    think_before_writing()
    for line in sys.stdin:
        print(json.dumps(answer(int(sys.argv[1]), int(sys.argv[2]), json.loads(line))), flush=True)
