"""One process of the race of announcements: publishes one edition, as soon as all processes are there.

python tests/races/tell_first_worker.py <edition> <number of this process> <folder of the barrier> <lock: 1 or 0>
"""

# ruff: noqa: E402 - Django is set up before its models are read

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

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from projects.enrolment.domain import announce
from projects.enrolment.models import Edition


def take_the_lock_off() -> None:
    QuerySet.select_for_update = lambda self, *args, **kwargs: self  # type: ignore[assignment]
    if connection.vendor == "sqlite":  # there the transaction is the lock
        announce.transaction = SimpleNamespace(atomic=nullcontext)  # type: ignore[attr-defined]


if __name__ == "__main__":
    edition_id, me, folder, lock = sys.argv[1:]
    if lock == "0":
        take_the_lock_off()
    edition = Edition.objects.get(pk=int(edition_id))
    Path(folder, f"ready-{me}").touch()
    while not Path(folder, "go").exists():
        time.sleep(0.002)
    announce.announce(edition, now=timezone.now())
