"""200 requests of several processes for 20 places, with withdrawals, refusals and ending offers among them; without the lock
first, where it must go wrong, then with it. On a file of SQLite and on PostgreSQL."""

import uuid
from pathlib import Path
from typing import Any

from race_databases import Database

WORKER = Path(__file__).with_name("enrolment_worker.py")
PROCESSES, REQUESTS, PLACES = 5, 40, 20

SETUP = """
import datetime
from projects.enrolment.models import Edition, Meeting
edition = Edition.objects.create(slug="{slug}", label="Race", status="published", places={places})
day = datetime.date.today() + datetime.timedelta(days=60)
Meeting.objects.create(edition=edition, date=day, starts_at=datetime.time(18), ends_at=datetime.time(20))
print(edition.pk)
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


def race(database: Database, folder: Path, *, lock: bool) -> dict[str, Any]:
    """What the processes saw, and what is left."""
    edition = database.shell(SETUP.format(slug=f"race-{uuid.uuid4().hex[:8]}", places=PLACES))
    seen, errors = database.race(WORKER, edition, folder, processes=PROCESSES, turns=REQUESTS, lock=lock)
    outcome = database.shell(OUTCOME.format(edition=edition))
    return {**outcome, "most": max((one["most"] for one in seen), default=0), "errors": errors}


def test_without_the_lock_places_are_given_twice(database: Database, tmp_path: Path):
    """The control: if this ever passes unharmed, the race below proves nothing."""
    outcome = race(database, tmp_path, lock=False)

    assert outcome["most"] > PLACES or outcome["errors"]
    assert outcome["most"] > PLACES or outcome["twice"] or any("Integrity" in error for error in outcome["errors"]), (
        outcome
    )


def test_with_the_lock_every_promise_holds(database: Database, tmp_path: Path):
    outcome = race(database, tmp_path, lock=True)

    assert outcome["errors"] == []
    assert outcome["most"] <= PLACES
    assert outcome["taken"] <= PLACES
    assert (outcome["twice"], outcome["out_of_step"], outcome["passed_over"], outcome["offered_twice"]) == (0, 0, 0, 0)
    assert not (outcome["free"] and outcome["waiting"])
    assert outcome["offers"] > 0
