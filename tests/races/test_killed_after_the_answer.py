"""A process that is killed a moment after it answered: what a person was told is still there, whole, with her letter in the queue."""

import signal
import uuid
from pathlib import Path

from race_databases import Database

WORKER = Path(__file__).with_name("answering_worker.py")
KILLS, ANSWERS = 4, 5

SETUP = """
from projects.enrolment.models import Edition
print(Edition.objects.create(slug="{slug}", label="Kill", status="published", places=7).pk)
"""

OUTCOME = """
import json
from django_tasks_db.models import DBTaskResult
from foundation_site.core.mail.models import Letter
from projects.enrolment.models import Edition
from projects.enrolment.queries import with_places
edition = with_places(Edition.objects.filter(pk={edition})).get()
queued = {{args["args"][0] for args in DBTaskResult.objects.filter(task_path__endswith=".deliver").values_list("args_kwargs", flat=True)}}
found = {{}}
for one in edition.enrolments.all():
    letters = [str(pk) for pk in Letter.objects.about(one).values_list("pk", flat=True)]
    found[one.receipt_code] = [one.participants.count(), len(letters), len(queued & set(letters))]
print(json.dumps(dict(found=found, taken=edition.taken)))
"""

DURABLE = """
import json
from django.db import connection
cursor = connection.cursor()
print(json.dumps([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]))
"""


def test_who_was_answered_is_in_the_register(database: Database):
    edition = database.shell(SETUP.format(slug=f"kill-{uuid.uuid4().hex[:8]}"))
    told = []

    for kill in range(KILLS):
        worker = database.start(WORKER, edition, "abcd"[kill])
        assert worker.stdout
        told += [worker.stdout.readline().strip() for _answer in range(ANSWERS + kill)]
        worker.send_signal(signal.SIGKILL)
        told += [line for line in worker.communicate(timeout=30)[0].splitlines() if len(line) == len(told[0])]

    left = database.shell(OUTCOME.format(edition=edition))
    assert "" not in told
    assert set(told) <= set(left["found"])
    assert set(map(tuple, left["found"].values())) == {
        (1, 1, 1)
    }  # nothing half written: a person, a letter, its place in the queue
    assert left["taken"] == 7


def test_a_commit_of_sqlite_is_on_the_disk_before_the_answer(sqlite: Database):
    """A killed process loses nothing in any case, a machine without power only so. Tests are faster without."""
    assert sqlite.shell(DURABLE, DJANGO_SETTINGS_MODULE="foundation_site.settings.dev") == ["wal", 2]
