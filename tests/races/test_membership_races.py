"""Several processes admit at once: every number is given once, every application leads to one membership and one letter. Without
the lock first, where it must go wrong, then with it. On a file of SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("membership_worker.py")
PROCESSES, APPLICATIONS = 3, 40

SETUP = f"""
from django.utils import timezone
from wagtail.models import ModelLogEntry
from associations.membership.models import Application, Association, AssociationCommunity, AssociationField, AssociationLanguage, Membership, Roll
from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User
for model in (Application, Membership, AssociationCommunity, AssociationField, AssociationLanguage, Association, Roll, Letter, ModelLogEntry):
    model.objects.all().delete()
User.objects.filter(email="board@example.org").delete()
User.objects.create_user("board@example.org", "a-long-password-for-tests")
now = timezone.now()
for number in range({APPLICATIONS}):
    Application.objects.create(name=f"Associazione {{number}}", legal_form="aps", language="it", contact_name="Awa", contact_email="awa@example.org", communities=["SN"], state="in_review", sent_at=now, statements_accepted_at=now)
print("ready")
"""

OUTCOME = """
import json
from associations.membership.models import Application, Association, Membership
from foundation_site.core.mail.models import Letter
print(json.dumps(dict(
    admitted=Application.objects.filter(state="admitted").count(),
    associations=Association.objects.count(),
    numbers=sorted(Membership.objects.values_list("number", flat=True)),
    letters=Letter.objects.filter(template="membership/mail/admitted").count(),
)))
"""


class Database:
    """A migrated database of its own, reached only by other processes."""

    def __init__(self, url: str):
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "foundation_site.settings.test",
        }
        self.run("migrate", "--verbosity", "0")

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def shell(self, script: str) -> str:
        return self.run("shell", "--verbosity", "0", "--command", script).strip().splitlines()[-1]

    def race(self, folder: Path, scenario: str, *, lock: bool) -> dict[str, Any]:
        """All processes wait behind a barrier and start at once; what each saw, and what is left."""
        self.shell(SETUP)
        workers = [
            subprocess.Popen(
                [sys.executable, str(WORKER), str(me), str(PROCESSES), scenario, str(folder), "1" if lock else "0"],
                cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for me in range(PROCESSES)
        ]  # fmt: skip
        while len(list(folder.glob("ready-*"))) < PROCESSES and all(worker.poll() is None for worker in workers):
            time.sleep(0.01)
        (folder / "go").touch()
        numbers: dict[str, set[int]] = {}
        trouble: list[str] = []
        for worker in workers:
            out, err = worker.communicate(timeout=300)
            assert worker.returncode == 0, err[-2000:]
            seen = json.loads(out.strip().splitlines()[-1])
            trouble += seen["trouble"]
            for reference, number in seen["numbers"].items():
                numbers.setdefault(reference, set()).add(number)
        return {**json.loads(self.shell(OUTCOME)), "told": numbers, "trouble": trouble}


@pytest.fixture(scope="module")
def membership_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(f"sqlite:///{tmp_path_factory.mktemp('race') / 'membership.sqlite3'}")


@pytest.fixture(scope="module")
def membership_postgres() -> Iterator[Database]:
    name = f"race_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ.get("RACE_SERVER", "dbname=postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # a name that we made
        try:
            yield Database(f"postgres:///{name}")
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["membership_sqlite", pytest.param("membership_postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("scenario", ["different", "same"])
def test_without_the_lock_admissions_go_wrong(database: Database, tmp_path: Path, scenario: str) -> None:
    """The control: if this ever passes unharmed, the race below proves nothing. What saves the register here is the database,
    and somebody who is told that her admission failed."""
    outcome = database.race(tmp_path, scenario, lock=False)

    assert outcome["trouble"] or outcome["letters"] > APPLICATIONS, outcome
    assert len(outcome["numbers"]) == len(set(outcome["numbers"]))


@pytest.mark.parametrize("scenario", ["different", "same"])
def test_with_the_lock_every_number_is_given_once(database: Database, tmp_path: Path, scenario: str) -> None:
    outcome = database.race(tmp_path, scenario, lock=True)

    assert outcome["trouble"] == []
    assert (outcome["admitted"], outcome["associations"], outcome["letters"]) == (APPLICATIONS,) * 3
    assert outcome["numbers"] == list(range(1, APPLICATIONS + 1))
    assert len(outcome["told"]) == APPLICATIONS
    assert all(len(numbers) == 1 for numbers in outcome["told"].values())
