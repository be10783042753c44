"""Several processes admit at once: every number is given once, every application leads to one membership and one letter. Without
the lock first, where it must go wrong, then with it. On a file of SQLite and on PostgreSQL."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from race_databases import ROOT, migrated, postgres_database

WORKER = Path(__file__).with_name("membership_worker.py")
PROCESSES, APPLICATIONS = 3, 40


class Database:
    """A migrated database of its own, reached only by the processes of the race, which stay for all races."""

    def __init__(self, url: str):
        environment = migrated(url)
        self.workers = [
            subprocess.Popen(
                [sys.executable, str(WORKER), str(me), str(PROCESSES)],
                cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for me in range(PROCESSES)
        ]  # fmt: skip

    def close(self) -> None:
        for worker in self.workers:
            worker.communicate(timeout=30)  # the end of its orders

    def order(self, worker: "subprocess.Popen[str]", **order: Any) -> None:
        assert worker.stdin
        worker.stdin.write(json.dumps(order) + "\n")
        worker.stdin.flush()

    def answer(self, worker: "subprocess.Popen[str]") -> Any:
        assert worker.stdout
        line = worker.stdout.readline()
        assert line, "a process of the race has died; what it said is above"
        return json.loads(line)

    def race(self, folder: Path, scenario: str, *, lock: bool) -> dict[str, Any]:
        """All processes wait behind a barrier and start at once; what each saw, and what is left."""
        self.order(self.workers[0], do="prepare", applications=APPLICATIONS)
        assert self.answer(self.workers[0]) == {"applications": APPLICATIONS}
        for worker in self.workers:
            self.order(worker, do="race", scenario=scenario, folder=str(folder), lock=lock)
        while len(list(folder.glob("ready-*"))) < PROCESSES and all(worker.poll() is None for worker in self.workers):
            time.sleep(0.01)
        (folder / "go").touch()
        numbers: dict[str, set[int]] = {}
        trouble: list[str] = []
        for worker in self.workers:
            seen = self.answer(worker)
            trouble += seen["trouble"]
            for reference, number in seen["numbers"].items():
                numbers.setdefault(reference, set()).add(number)
        self.order(self.workers[0], do="outcome")
        return {**self.answer(self.workers[0]), "told": numbers, "trouble": trouble}


@pytest.fixture(scope="module")
def membership_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('race') / 'membership.sqlite3'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def membership_postgres() -> Iterator[Database]:
    with postgres_database() as url:
        database = Database(url)
        yield database
        database.close()


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
