"""What people look for, for the report of search terms: only how often, and nothing of who asked."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

from django.db.models import F
from django.utils import timezone
from django_tasks import task
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

TOGETHER = 20

lock = Lock()
asked: Counter[str] = Counter()


def count(query: str) -> None:
    """Kept in memory and handed over for many searches at once: a row for each would make every search wait for the
    database to write. Those that a restart forgets are not missed."""
    with lock:
        asked[query] += 1
        if asked.total() < TOGETHER:
            return
        counts = dict(asked)
        asked.clear()
    add_up.enqueue(counts)


@task(backend="background")
def add_up(counts: Mapping[str, int]) -> None:
    today = timezone.localdate()
    for query, number in counts.items():
        hits, _created = QueryDailyHits.objects.get_or_create(query=Query.get(query), date=today)
        QueryDailyHits.objects.filter(pk=hits.pk).update(hits=F("hits") + number)
