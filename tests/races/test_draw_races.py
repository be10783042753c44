"""Eight processes close one list and make one draw at once, while requests and withdrawals still arrive, also from processes whose
clock is behind: one list, one order, nobody twice, and everybody who entered is on it. Without the lock first, where it must go wrong."""

import uuid
from pathlib import Path

import pytest
from race_databases import Database

from projects.enrolment import lots

WORKER = Path(__file__).with_name("draw_worker.py")
PROCESSES, TURNS, PLACES = 8, 12, 10

SETUP = """
import uuid
from datetime import timedelta
from django.utils import timezone
from projects.enrolment.domain.enrol import Contact, Person, enrol
from projects.enrolment.domain.announce import announce
from projects.enrolment.models import Edition
closes = timezone.now() + timedelta(days=1)
edition = Edition.objects.create(slug="{slug}", label="Race", status="published", places={places}, enrolment="draw", closes_at=closes, draws_at=closes)
announce(edition, now=timezone.now())
for letter in "abcdefghijklmn":  # more than there are places, before the race for the end begins
    contact = Contact(name="Prima", language="it", phone="+39333123456")
    enrol(edition, contact=contact, people=[Person(name=f"Prima {{letter}}")], request_key=uuid.uuid4(), now=timezone.now(), channel="desk")
print(edition.pk)
"""

OUTCOME = """
import json
from collections import Counter
from wagtail.models import ModelLogEntry
from foundation_site.core.mail.models import Letter
from projects.enrolment.models import Draw, Edition, Enrolment, Participant
from projects.enrolment.queries import with_places
edition = with_places(Edition.objects.filter(pk={edition})).get()
draw = Draw.objects.get(edition=edition)
requests = list(edition.enrolments.all())
keys = [str(one.pk) for one in requests]
logged = lambda action, ids: ModelLogEntry.objects.filter(action=action, object_id__in=ids).count()
letters = Counter(Letter.objects.filter(template="enrolment/mail/enrolled", about__in=["enrolment.enrolment:" + key for key in keys]).values_list("about", flat=True))
living = Participant.objects.filter(edition=edition, enrolment__state__in=["entered", "enrolled", "waiting", "offered"]).values_list("person_key", flat=True)
print(json.dumps(dict(
    listed=draw.listed,
    outcome=" ".join(f"{{one.lot.code}}:{{one.rank}}:{{int(one.given)}}" for one in draw.outcome),
    ranks={{one.draw_code: one.rank for one in requests if one.rank}},
    left_in_the_draw=sum(one.state == "entered" for one in requests),
    taken=edition.taken,
    twice=len(living) - len(set(living)),
    frozen=logged("enrolment.list_frozen", [str(edition.pk)]),
    drawn=logged("enrolment.drawn", [str(edition.pk)]),
    letters_twice=sum(number > 1 for number in letters.values()),
)))
"""


@pytest.mark.parametrize("lock", [False, True], ids=["without the lock", "with the lock"])
def test_a_raced_draw_is_one_draw(database: Database, tmp_path: Path, lock: bool):
    edition = database.shell(SETUP.format(slug=f"draw-{uuid.uuid4().hex[:8]}", places=PLACES))

    seen, errors = database.race(WORKER, edition, tmp_path, processes=PROCESSES, turns=TURNS, lock=lock)

    left = database.shell(OUTCOME.format(edition=edition))
    codes = [lot.code for lot in lots.read(left["listed"])]
    held = {
        "nobody got an error": errors == [],
        "all saw one list": {text for one in seen for text in one["lists"]} == {left["listed"]},
        "all saw one order": {text for one in seen for text in one["outcomes"]} == {left["outcome"]},
        "nobody is on it twice": len(codes) == len(set(codes)) > PLACES,
        "all of the list have a rank, and nobody else": set(left["ranks"]) == set(codes),
        "ranks are one order": sorted(left["ranks"].values()) == list(range(1, len(codes) + 1)),
        "all places are taken, and no more": left["taken"] == PLACES,
        "nobody is left in the draw": left["left_in_the_draw"] == 0,
        "nobody has two requests": left["twice"] == 0,
        "nobody is told twice": left["letters_twice"] == 0,
        "it was closed and drawn once": (left["frozen"], left["drawn"]) == (1, 1),
    }
    assert all(held.values()) == lock, [promise for promise, kept in held.items() if not kept]
