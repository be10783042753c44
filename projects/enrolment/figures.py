"""How many asked for a place and how many found one: counted from the requests while they are kept, then from what was written down of them.

A small number could tell of a person, so it is not told. Nought is hidden as other small numbers are: were it shown, “fewer than 5”
would mean at least one, and beside the other numbers of its row that is sometimes exactly one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .enums import EditionStatus, EnrolmentMode, State
from .models import Edition, Meeting, Participant
from .queries import with_name

FEWEST_SHOWN = 5

# What is published of each edition, and what it means.
PUBLISHED = {
    "requested": (
        gettext_lazy("Asked for a place"),
        gettext_lazy("People who asked for a place, also those who withdrew later."),
    ),
    "offered": (
        gettext_lazy("Were offered a place"),
        gettext_lazy("People who got a place or the offer of one, whether they took it or not."),
    ),
    "taken": (gettext_lazy("Have a place"), gettext_lazy("People who took a place and did not give it back.")),
    "turned_away": (
        gettext_lazy("Found no place"),
        gettext_lazy("People on the waiting list, up to now or, where it is over, to the end."),
    ),
}

# An e-mail that nobody has confirmed may be anybody's: such a request is not counted.
COUNTED = ~Q(enrolment__confirmed_at=None, enrolment__confirm_by__isnull=False)
MEASURES = {
    "requested": Q(),
    "offered": Q(enrolment__first_held_at__isnull=False),
    "taken": Q(enrolment__state=State.ENROLLED) & ~Q(edition__status=EditionStatus.CANCELLED),
    "turned_away": Q(enrolment__state__in=(State.TURNED_AWAY, State.WAITING)),
    "from_waiting": Q(enrolment__state=State.ENROLLED, enrolment__offer_expires_at__isnull=False),
}


def with_counts(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with a number of people for each of MEASURES, as the requests say now; who asked twice is one."""
    people = Participant.objects.filter(COUNTED, edition=OuterRef("pk")).order_by().values("edition")
    return editions.annotate(
        **{
            f"{name}_now": Subquery(
                people.filter(measure).annotate(number=Count("person_key", distinct=True)).values("number"),
                output_field=IntegerField(),
            )
            for name, measure in MEASURES.items()
        }
    )


def with_figures(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The same numbers, from what was written down where the requests are forgotten; and `first_day` and `last_day`. No query more."""
    days = Meeting.objects.filter(edition=OuterRef("pk")).values("date")
    return with_counts(editions).annotate(
        **{name: Coalesce(F(f"figures__{name}"), F(f"{name}_now"), 0) for name in MEASURES},
        first_day=Subquery(days.order_by("date")[:1]),
        last_day=Subquery(days.order_by("-date")[:1]),
    )


def counts_of(edition: Edition) -> dict[str, int]:
    """The numbers of one edition from its requests, to write them down."""
    counted = with_counts(Edition.objects.filter(pk=edition.pk)).get()
    return {name: getattr(counted, f"{name}_now") or 0 for name in MEASURES}


# What may be told


def shown(number: int) -> str:
    return str(number) if number >= FEWEST_SHOWN else _("fewer than %(number)s") % {"number": FEWEST_SHOWN}


def total(numbers: Collection[int]) -> str:
    """Made of the numbers that are shown and of nothing else: who takes those away from it learns nothing of the hidden ones."""
    told = [number for number in numbers if number >= FEWEST_SHOWN]
    if len(told) == len(numbers):
        return str(sum(told))
    return _("at least %(number)s") % {"number": sum(told)} if told else _("not shown")


@dataclass(frozen=True)
class Row:
    """An edition in the public table, in the reader's language."""

    course: str
    edition: str
    numbers: list[str]


@dataclass(frozen=True)
class Year:
    """The editions whose first meeting was in this year."""

    year: int
    rows: list[Row]
    totals: list[str]


def years() -> list[Year]:
    """What is public, newest first, in one query. Editions that nobody has asked for yet, or that have no dates, are not in it."""
    editions = with_figures(
        Edition.objects.exclude(status=EditionStatus.DRAFT).exclude(enrolment=EnrolmentMode.NONE)
    ).filter(first_day__isnull=False, requested__gt=0)
    named = with_name(editions, get_language() or settings.LANGUAGE_CODE).order_by("-first_day", "-pk")
    return [year_of(year, list(group)) for year, group in groupby(named, key=lambda edition: edition.first_day.year)]


def year_of(year: int, editions: Iterable[Any]) -> Year:
    rows = [
        Row(
            course=edition.course_name_here or edition.course.label if edition.course else "",
            edition=edition.name_here or edition.label,
            numbers=[shown(getattr(edition, name)) for name in PUBLISHED],
        )
        for edition in editions
    ]
    return Year(year, rows, [total([getattr(edition, name) for edition in editions]) for name in PUBLISHED])


# The odds


@dataclass(frozen=True)
class Odds:
    """How it went last time, for who waits or is in a draw now."""

    drawn: bool
    asked: int
    taken: str
    from_waiting: str


def odds(edition: Edition, *, now: datetime) -> Odds | None:
    """Of the last edition of the same course that is over, in one query. None where there was none, where nobody had to wait in it,
    or where so few asked that it would tell of them."""
    if edition.course_id is None:
        return None
    past = Edition.objects.filter(course=edition.course_id, status=EditionStatus.PUBLISHED).exclude(pk=edition.pk)
    last = with_figures(past).filter(last_day__lt=now.date(), requested__gt=0).order_by("-last_day", "-pk").first()
    if last is None or last.requested < FEWEST_SHOWN:
        return None
    drawn = last.enrolment in EnrolmentMode.TOGETHER
    if not drawn and not last.from_waiting and not last.turned_away:
        return None
    return Odds(drawn, last.requested, shown(last.taken), shown(last.from_waiting))
