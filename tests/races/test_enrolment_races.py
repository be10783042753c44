"""200 requests of several processes for 20 places, with withdrawals, refusals and ending offers among them; without the lock
first, where it must go wrong, then with it. On a file of SQLite and on PostgreSQL."""

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

WORKER = Path(__file__).with_name("enrolment_worker.py")
PROCESSES, REQUESTS, PLACES = 5, 40, 20

SETUP = """
import datetime
from projects.enrolment.models import Edition, Meeting
edition = Edition.objects.create(slug="{slug}", label="Race", status="published", places={places})
day = datetime.date.today() + datetime.timedelta(days=60)
Meeting.objects.create(edition=edition, date=day, starts_at=datetime.time(18), ends_at=datetime.time(20))
print("edition", edition.pk)
"""

OUTCOME = """
import json
from django.db.models import Count
from wagtail.models import ModelLogEntry
from projects.enrolment.models import Edition, Enrolment, Participant
from projects.enrolment.queries import with_places
edition = with_places(Edition.objects.filter(pk={edition})).get()
requests = Enrolment.objects.filter(edition=edition)
living = Participant.objects.filter(edition=edition, enrolment__state__in=["enrolled", "waiting", "offered"])
twice = living.values("person_key").annotate(n=Count("pk")).filter(n__gt=1).count()
out_of_step = sum(person.living != person.enrolment.is_living for person in Participant.objects.filter(edition=edition).select_related("enrolment"))
first_waiting = requests.filter(state="waiting").order_by("pk").values_list("pk", flat=True).first() or 10**12
served = ModelLogEntry.objects.filter(action__in=["enrolment.enrolled", "enrolment.offered"], object_id__in=[str(pk) for pk in requests.filter(pk__gt=first_waiting).values_list("pk", flat=True)])
offers = ModelLogEntry.objects.filter(action="enrolment.offered", object_id__in=[str(pk) for pk in requests.values_list("pk", flat=True)])
offered_twice = offers.values("object_id").annotate(n=Count("pk")).filter(n__gt=1).count()
print(json.dumps(dict(taken=edition.taken, free=edition.free, waiting=edition.waiting, requests=requests.count(), twice=twice, out_of_step=out_of_step, passed_over=served.count(), offers=offers.count(), offered_twice=offered_twice)))
"""


class Database:
    """A migrated database of its own, reached only by other processes."""

    def __init__(self, url: str):
        self.environment = migrated(url)

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def shell(self, script: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--command", script).strip().splitlines()[-1]

    def race(self, folder: Path, *, lock: bool) -> dict[str, Any]:
        """All processes wait behind a barrier and start at once; what each saw, and what is left."""
        edition = self.shell(SETUP.format(slug=f"race-{uuid.uuid4().hex[:8]}", places=PLACES)).split()[-1]
        workers = [
            subprocess.Popen(
                [sys.executable, str(WORKER), edition, str(me), str(REQUESTS), str(folder), "1" if lock else "0"],
                cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for me in range(PROCESSES)
        ]  # fmt: skip
        while len(list(folder.glob("ready-*"))) < PROCESSES and all(worker.poll() is None for worker in workers):
            time.sleep(0.01)
        (folder / "go").touch()
        seen, errors = [], []
        for worker in workers:
            out, err = worker.communicate(timeout=300)
            if worker.returncode == 0:
                seen.append(json.loads(out.strip().splitlines()[-1]))
            else:
                errors.append(err.strip().splitlines()[-1])
        return {
            **json.loads(self.shell(OUTCOME.format(edition=edition))),
            "most": max((one["most"] for one in seen), default=0),
            "errors": errors,
        }


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(f"sqlite:///{tmp_path_factory.mktemp('race') / 'race.sqlite3'}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    with postgres_database() as url:
        yield Database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


def test_without_the_lock_places_are_given_twice(database: Database, tmp_path: Path):
    """The control: if this ever passes unharmed, the race below proves nothing."""
    outcome = database.race(tmp_path, lock=False)

    assert outcome["most"] > PLACES or outcome["errors"]
    assert outcome["most"] > PLACES or outcome["twice"] or any("Integrity" in error for error in outcome["errors"]), (
        outcome
    )


def test_with_the_lock_every_promise_holds(database: Database, tmp_path: Path):
    outcome = database.race(tmp_path, lock=True)

    assert outcome["errors"] == []
    assert outcome["most"] <= PLACES
    assert outcome["taken"] <= PLACES
    assert (outcome["twice"], outcome["out_of_step"], outcome["passed_over"], outcome["offered_twice"]) == (0, 0, 0, 0)
    assert not (outcome["free"] and outcome["waiting"])
    assert outcome["offers"] > 0
