"""Two editions of one course, each published by two processes at once: everybody who wanted to be told first gets one letter.
Without the lock first, where it must go wrong. On a file of SQLite and on PostgreSQL."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from race_databases import ROOT, migrated, postgres_database

WORKER = Path(__file__).with_name("tell_first_worker.py")
WISHES = 40

SETUP = """
from django.utils import timezone
from projects.enrolment.models import Course, Edition, Interest
course = Course.objects.create(slug="{slug}", label="Race", kind="other")
editions = [Edition.objects.create(course=course, slug=f"{slug}-{{n}}", label=str(n), status="published") for n in range(2)]
now = timezone.now()
for n in range({wishes}):
    Interest.objects.create(course=course, email=f"{slug}.{{n}}@example.org", language="it", confirmed_at=now)
print(*(edition.pk for edition in editions))
"""

OUTCOME = """
import json
from collections import Counter
from foundation_site.core.mail.models import Letter
from projects.enrolment.models import Interest
letters = Counter(Letter.objects.filter(recipient__startswith="{slug}").values_list("recipient", flat=True))
told = Interest.objects.filter(course__slug="{slug}", told_at__isnull=False).count()
print(json.dumps(dict(told=told, people=len(letters), most=max(letters.values()))))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    if request.param == "sqlite":
        yield migrated(f"sqlite:///{tmp_path / 'race.sqlite3'}")
    else:
        with postgres_database() as url:
            yield migrated(url)


def shell(environment: dict[str, str], script: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def race(environment: dict[str, str], folder: Path, *, lock: bool) -> dict[str, Any]:
    slug = f"race-{uuid.uuid4().hex[:8]}"
    editions = shell(environment, SETUP.format(slug=slug, wishes=WISHES)).split() * 2
    workers = [
        subprocess.Popen(
            [sys.executable, str(WORKER), edition, str(me), str(folder), "1" if lock else "0"],
            cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True,
        )
        for me, edition in enumerate(editions)
    ]  # fmt: skip
    while len(list(folder.glob("ready-*"))) < len(workers) and all(worker.poll() is None for worker in workers):
        time.sleep(0.01)
    (folder / "go").touch()
    errors = [err.strip().splitlines()[-1] for worker in workers if (err := worker.communicate(timeout=300)[1])]
    return {**json.loads(shell(environment, OUTCOME.format(slug=slug))), "errors": errors}


def test_without_the_lock_people_are_told_twice(environment: dict[str, str], tmp_path: Path):
    """The control: if this ever passes unharmed, the race below proves nothing."""
    assert race(environment, tmp_path, lock=False)["most"] > 1


def test_with_the_lock_each_is_told_once(environment: dict[str, str], tmp_path: Path):
    assert race(environment, tmp_path, lock=True) == {"told": WISHES, "people": WISHES, "most": 1, "errors": []}
