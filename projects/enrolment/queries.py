"""Questions that pages, forms, letters and the desk ask. What is shown may be a moment old; what is decided is counted under the lock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .enums import EditionStatus, EnrolmentMode, InterestState, Priority, Standing, State
from .models import (
    Assessment,
    Course,
    CourseName,
    Edition,
    EditionName,
    Enrolment,
    Interest,
    Meeting,
    Participant,
    PriorityRule,
    PublishedCriterion,
)
from .validators import folded, site_languages

# Places


def with_places(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with `taken` and `offered` (people), `waiting` (parties) and `free` (people; null where there is no limit), in one query.

    Never together with `select_for_update`: PostgreSQL would count what was there before it waited for the lock.
    """
    people = Participant.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    parties = Enrolment.objects.filter(edition=OuterRef("pk"), state=State.WAITING).order_by().values("edition")
    return editions.annotate(
        taken=number(people.filter(enrolment__state__in=State.HOLDING)),
        offered=number(people.filter(enrolment__state=State.OFFERED)),
        waiting=number(parties),
    ).annotate(
        # Not Greatest alone: databases differ on what it makes of null.
        free=Case(
            When(places__isnull=True, then=None),
            default=Greatest(F("places") - F("taken"), Value(0)),
            output_field=IntegerField(),
        )
    )


def with_shortfall(editions: QuerySet[Edition], *, now: datetime) -> QuerySet[Edition]:
    """Editions counted, with `below_minimum`: enrolment has closed (and the draw is made, the selection decided), and fewer have a place than it takes to begin."""
    given = ~Q(enrolment__in=EnrolmentMode.TOGETHER) | Q(draw__drawn_at__isnull=False) | Q(decision__isnull=False)
    short = Q(status=EditionStatus.PUBLISHED, closes_at__lte=now, taken__lt=F("minimum"))
    return with_places(editions).annotate(
        below_minimum=Case(When(given & short, then=True), default=False, output_field=BooleanField())
    )


def number(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), Value(0))


def count_places(edition: Edition) -> Edition:
    """The same numbers as `with_places`, set on this edition; for verbs, which hold its lock and count in each request."""
    people: Counter[str] = Counter()
    parties: Counter[str] = Counter()
    living = Enrolment.objects.filter(edition=edition, state__in=State.LIVING).order_by().values_list("state")
    for state, *numbers in living.annotate(Count("pk", distinct=True), Count("participants")):
        parties[state], people[state] = numbers
    edition.offered, edition.waiting = people[State.OFFERED], parties[State.WAITING]
    edition.taken = people[State.ENROLLED] + edition.offered
    edition.free = None if edition.places is None else max(edition.places - edition.taken, 0)
    return edition


def people_by_state(edition: Edition) -> dict[str, int]:
    """How many people are in each state of the living."""
    people = Participant.objects.filter(edition=edition, living=True).order_by().values("enrolment__state")
    found = dict(people.annotate(number=Count("pk")).values_list("enrolment__state", "number"))
    return {state: found.get(state, 0) for state in State.LIVING}


@dataclass(frozen=True)
class Readers:
    """Whom a message to all of one state reaches: (code, name, how many) of each language of letters, and how many get none."""

    by_language: list[tuple[str, str, int]]
    to_phone: int

    @property
    def languages(self) -> list[str]:
        return [code for code, _name, _number in self.by_language]


def readers(edition: Edition, state: State) -> Readers:
    parties = Enrolment.objects.filter(edition=edition, state=state, confirmed_at__isnull=False)
    numbers = Counter(parties.exclude(email="").values_list("language", flat=True))
    by_language = [(code, name, numbers[code]) for code, name in site_languages() if numbers[code]]
    return Readers(by_language, parties.filter(email="").count())


def position(enrolment: Enrolment) -> int | None:
    """How many are served before this party, and it: 1 is next. None for who does not wait."""
    if enrolment.state != State.WAITING:
        return None
    waiting = Enrolment.objects.filter(edition=enrolment.edition_id, state=State.WAITING)
    if enrolment.rank is not None:
        return waiting.filter(rank__lte=enrolment.rank).count()
    return waiting.filter(Q(rank__isnull=False) | Q(pk__lte=enrolment.pk)).count()


def outcome(enrolment: Enrolment) -> str:
    """Why the answer is as it is, in a sentence for the person: which number her request had, of how many and for how many places."""
    edition = enrolment.edition
    if edition.enrolment == EnrolmentMode.ARRIVAL:
        number = Enrolment.objects.filter(edition=edition, pk__lte=enrolment.pk).count()
        return _("You asked as number %(number)s.") % {"number": number}
    if edition.enrolment != EnrolmentMode.DRAW or enrolment.rank is None:
        return ""
    draw = edition.draw
    sentence = ngettext(
        "You were drawn as number %(rank)s of %(all)s; there was %(places)s place.",
        "You were drawn as number %(rank)s of %(all)s; there were %(places)s places.",
        draw.places,
    ) % {"rank": enrolment.rank, "all": draw.listed.count("\n"), "places": draw.places}
    groups = [rule.get_kind_display() for rule in edition.priorities.all()]
    if not groups or enrolment.group is None:
        return sentence
    group = [*groups, _("everybody else")][enrolment.group]
    return " ".join((sentence, _("You were in the group: %(group)s.") % {"group": group}))


def due(now: datetime) -> QuerySet[Enrolment]:
    """Whose time is over: offers without an answer, and provisional requests that nobody has confirmed."""
    unconfirmed = Q(state__in=State.PROVISIONAL, confirmed_at=None, confirm_by__lte=now)
    unconfirmed &= ~Q(edition__status=EditionStatus.CANCELLED)  # there nothing is left to confirm
    return Enrolment.objects.filter(Q(state=State.OFFERED, offer_expires_at__lte=now) | unconfirmed)


def by_receipt(code: str, *, email: str = "", phone: str = "") -> Enrolment | None:
    """The request with this code, for who also knows the contact that it was made with."""
    if not (email or phone):
        return None
    contact = Q(email=folded(email)) if email else Q(phone=phone)
    return Enrolment.objects.filter(contact, receipt_code=code).first()


def of_same_contact(enrolment: Enrolment) -> list[Enrolment]:
    """The other living requests that are answered to the same e-mail: a mother sees all her children in one place. Only for who has
    come by a letter to it; else whoever writes a stranger's address would read the stranger's requests."""
    if not (enrolment.email and enrolment.by_letter):
        return []
    others = Enrolment.objects.filter(email=enrolment.email, confirmed_at__isnull=False, state__in=State.LIVING)
    return list(
        others.exclude(pk=enrolment.pk)
        .select_related("edition__course")
        .prefetch_related("participants", "edition__names", "edition__course__names")
    )


# Time


def standing(edition: Edition, *, now: datetime, over: bool, full: bool) -> Standing:
    """The one definition of what an edition is now; the domain and every list ask it."""
    if edition.status == EditionStatus.CANCELLED:
        return Standing.CANCELLED
    if edition.status != EditionStatus.PUBLISHED:
        return Standing.DRAFT
    if over:
        return Standing.FINISHED
    if edition.enrolment == EnrolmentMode.NONE:
        return Standing.FREE_ENTRY
    if edition.opens_at and now < edition.opens_at:
        return Standing.SOON
    if edition.closes_at and now >= edition.closes_at:
        return Standing.CLOSED
    return Standing.FULL if full else Standing.OPEN


def meetings_of(edition: Edition) -> list[Meeting]:
    """Read once for this row of the edition."""
    prefetch_related_objects([edition], "meetings")
    meetings = list(edition.meetings.all())
    for meeting in meetings:
        meeting.edition = edition
    return meetings


def is_over(meetings: Iterable[Meeting], *, now: datetime) -> bool:
    """Whether the last meeting has ended; without meetings nothing is over."""
    ends = [meeting.end for meeting in meetings]
    return bool(ends) and max(ends) <= now


def first_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    return min(
        (meeting for meeting in meetings if not meeting.cancelled), key=lambda meeting: meeting.start, default=None
    )


def first_day(meetings: Iterable[Meeting], *, now: datetime) -> date:
    """The day on which ages count: of the first meeting, else today."""
    return min((meeting.date for meeting in meetings if not meeting.cancelled), default=now.date())


def is_full(edition: Edition) -> bool:
    """Whether who asks now waits: nobody passes those who wait already. Where places are given together nobody comes too late."""
    return (
        edition.enrolment not in EnrolmentMode.TOGETHER
        and edition.places is not None
        and (edition.waiting > 0 or edition.taken >= edition.places)
    )


@dataclass(frozen=True)
class MeetingChange:
    """What has become of a meeting; `was` or `now_is` is None where it did not, or does not, take place."""

    pk: int
    was: Meeting | None
    now_is: Meeting | None


def meeting_changes(before: Iterable[Meeting], after: Iterable[Meeting], *, now: datetime) -> list[MeetingChange]:
    """Meetings to come that were cancelled, added, or moved in time or place, in the order of time. What is past stays untold."""
    was, now_is = ({each.pk: each for each in meetings if not each.cancelled} for meetings in (before, after))
    changes = [
        MeetingChange(pk, was.get(pk), now_is.get(pk))
        for pk in was | now_is
        if seen(was.get(pk)) != seen(now_is.get(pk))
    ]
    starts = {change.pk: [each.start for each in (change.was, change.now_is) if each] for change in changes}
    return sorted(
        (change for change in changes if max(starts[change.pk]) > now), key=lambda change: min(starts[change.pk])
    )


def seen(meeting: Meeting | None) -> tuple[datetime, datetime, str] | None:
    return (meeting.start, meeting.end, meeting.place) if meeting else None


# What pages show


@dataclass(frozen=True)
class Timetable:
    """All meetings in a line: each Tuesday 18:30-20:00, from … to …. Weekday and hours only where they are the same each time."""

    count: int
    first: date
    last: date
    weekday: int | None
    starts_at: time | None
    ends_at: time | None

    @property
    def weekday_name(self) -> str:
        return str(WEEKDAYS[self.weekday]) if self.weekday is not None else ""


@dataclass(frozen=True)
class EditionCard:
    """An edition as pages show it, in the reader's language. `label` is in `label_language`, Italian where it has no other name."""

    edition: Edition
    label: str
    label_language: str
    standing: Standing
    taken: int
    waiting: int
    free: int | None
    meetings: list[Meeting]
    next_meeting: Meeting | None
    timetable: Timetable | None

    @property
    def state(self) -> str:
        """A key for styles and tests: draft, cancelled, finished, free_entry, soon, open, full, closed."""
        return self.standing.value

    @property
    def state_label(self) -> str:
        return str(self.standing.label)

    @property
    def priorities(self) -> list[str]:
        """Who comes first, in order and in the reader's language."""
        return [rule.get_kind_display() for rule in self.edition.priorities.all()]

    @property
    def criteria(self) -> list[PublishedCriterion]:
        """By what a selection decides, as its terms were published last; else empty."""
        versions = list(self.edition.terms.all()) if self.edition.enrolment == EnrolmentMode.SELECTION else []
        return versions[-1].criteria if versions else []

    @property
    def can_enrol(self) -> bool:
        return self.standing in Standing.ENROLLING

    @property
    def enrol_url(self) -> str:
        """The form; empty where there is nothing to ask for."""
        return reverse("enrolment:enrol", args=[self.edition.slug]) if self.can_enrol else ""

    @property
    def tell_me_url(self) -> str:
        """Where to ask to be told of the next edition; empty where a place can be had in this one, and where there is no course."""
        no_place = self.standing in Standing.WITHOUT_PLACE and self.edition.course_id is not None
        return reverse("enrolment:tell_me", args=[self.edition.slug]) if no_place else ""

    @property
    def calendar_url(self) -> str:
        return reverse("enrolment:edition_calendar", args=[self.edition.slug]) if self.next_meeting else ""


def editions_for_course(course: Course, *, now: datetime) -> list[EditionCard]:
    """The published and cancelled editions of a course, those to come first, in three queries however many they are; in one
    more where places are given by selection."""
    editions = Edition.objects.filter(course=course).exclude(status=EditionStatus.DRAFT)
    cards = sorted(edition_cards(editions.prefetch_related("priorities"), now=now), key=in_time)
    prefetch_related_objects([c.edition for c in cards if c.edition.enrolment == EnrolmentMode.SELECTION], "terms")
    return cards


def in_time(card: EditionCard) -> tuple[bool, date, int]:
    first = card.timetable.first if card.timetable else date.max
    return card.standing == Standing.FINISHED, first, card.edition.pk


def edition_card(edition: Edition, *, now: datetime) -> EditionCard:
    """One edition for an event's page, in two queries."""
    return edition_cards(Edition.objects.filter(pk=edition.pk), now=now)[0]


def edition_cards(editions: QuerySet[Edition], *, now: datetime) -> list[EditionCard]:
    meetings = Prefetch("meetings", queryset=Meeting.objects.order_by("date", "starts_at", "id"))
    rows = with_name(with_places(editions), get_language() or settings.LANGUAGE_CODE).prefetch_related(meetings)
    return [card(edition, now=now) for edition in rows]


def with_name(editions: QuerySet[Edition], language: str) -> QuerySet[Edition]:
    """Editions with `name_here` and `course_name_here`, null where there is none in this language; and their course."""
    own = EditionName.objects.filter(edition=OuterRef("pk"), language=language)
    course = CourseName.objects.filter(course=OuterRef("course"), language=language)
    return editions.select_related("course").annotate(
        name_here=Subquery(own.values("text")[:1]), course_name_here=Subquery(course.values("text")[:1])
    )


def card(edition: Edition, *, now: datetime) -> EditionCard:
    meetings = meetings_of(edition)
    called_off = edition.status == EditionStatus.CANCELLED
    upcoming = [meeting for meeting in meetings if not (called_off or meeting.cancelled) and meeting.end > now]
    name: str | None = edition.name_here
    return EditionCard(
        edition=edition,
        label=name or edition.label,
        label_language=(get_language() or settings.LANGUAGE_CODE) if name else settings.LANGUAGE_CODE,
        standing=standing(edition, now=now, over=is_over(meetings, now=now), full=is_full(edition)),
        taken=edition.taken,
        waiting=edition.waiting,
        free=edition.free,
        meetings=meetings,
        next_meeting=upcoming[0] if upcoming else None,
        timetable=timetable(meetings),
    )


def timetable(meetings: Iterable[Meeting]) -> Timetable | None:
    held = [meeting for meeting in meetings if not meeting.cancelled]
    if not held:
        return None
    weekdays = Counter(meeting.date.weekday() for meeting in held)
    hours = Counter((meeting.starts_at, meeting.ends_at) for meeting in held)
    starts_at, ends_at = next(iter(hours)) if len(hours) == 1 else (None, None)
    return Timetable(
        count=len(held),
        first=held[0].date,
        last=held[-1].date,
        weekday=next(iter(weekdays)) if len(weekdays) == 1 else None,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def with_dates(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with `first_date` and `last_date` of their meetings, to sort and filter lists by."""
    held = Q(meetings__cancelled=False)
    return editions.annotate(
        first_date=Min("meetings__date", filter=held), last_date=Max("meetings__date", filter=held)
    )


# Duplicates


def is_plain(edition: Edition, request_key: UUID, keys: Iterable[str], *, now: datetime) -> bool:
    """Whether a request needs no closer look: its form is new, none of these people has a living one here, and nothing has come to
    its end. One short question instead of three long ones, since nearly always the answer is yes."""
    sent = Enrolment.objects.filter(edition=edition, request_key=request_key)
    asked = Participant.objects.filter(edition=edition, living=True, person_key__in=list(keys))
    ended = due(now).filter(edition=edition)
    return not sent.values("edition").union(asked.values("edition"), ended.values("edition")).exists()


def living_twins(edition: Edition, keys: Iterable[str]) -> QuerySet[Enrolment]:
    """Living requests for this edition in which any of these people takes part."""
    same = Participant.objects.filter(enrolment=OuterRef("pk"), living=True, person_key__in=list(keys))
    return Enrolment.objects.filter(Exists(same), edition=edition)


def turned_away_before(edition: Edition) -> set[str]:
    """Keys of the people who found no place in the last edition of the same course."""
    last = (
        Edition.objects.filter(course=edition.course_id, enrolments__isnull=False)
        .exclude(pk=edition.pk)
        .exclude(course=None)
        .order_by("-pk")
        .first()
    )
    if last is None:
        return set()
    away = Participant.objects.filter(edition=last, enrolment__state__in=(State.TURNED_AWAY, State.WAITING))
    return set(away.values_list("person_key", flat=True))


def comes_first_next_time(edition: Edition) -> bool:
    """Whether this or a later edition of the course puts first in its draw whoever found no place last time."""
    rules = PriorityRule.objects.filter(kind=Priority.TURNED_AWAY, edition__pk__gte=edition.pk)
    return edition.course_id is not None and rules.filter(edition__course=edition.course_id).exists()


# Who wants to be told first


def first_announced_since(course: Course, moment: datetime) -> Edition | None:
    """The first edition of a course that was published after this moment and still is."""
    announced = Edition.objects.filter(
        course=course, status=EditionStatus.PUBLISHED, terms__number=1, terms__published_at__gt=moment
    )
    return announced.order_by("terms__published_at").first()


def with_state(interests: QuerySet[Interest]) -> QuerySet[Interest]:
    """Wishes with the `state` in which they are."""
    return interests.annotate(
        state=Case(
            When(told_at__isnull=False, then=Value(InterestState.TOLD)),
            When(edition__isnull=False, then=Value(InterestState.TO_CALL)),
            When(confirmed_at__isnull=False, then=Value(InterestState.OPEN)),
            default=Value(InterestState.UNCONFIRMED),
        )
    )


def with_interests(courses: QuerySet[Course]) -> QuerySet[Course]:
    """Courses with `to_tell`: how many wait to be told of the next edition; and `to_call`: how many of those with a phone only are still
    to be called about the one that is there."""
    open_wish = Q(interests__edition=None, interests__confirmed_at__isnull=False)
    to_call = Q(interests__edition__isnull=False, interests__told_at=None)
    return courses.annotate(to_tell=Count("interests", filter=open_wish), to_call=Count("interests", filter=to_call))


def interest_of(enrolment: Enrolment) -> Interest | None:
    """The open wish of the person behind this request; none as long as nobody has confirmed that she is who she says."""
    if enrolment.confirmed_at is None:
        return None
    same = {"email": enrolment.email} if enrolment.email else {"phone": enrolment.phone}
    wishes = Interest.objects.filter(course=enrolment.edition.course_id, edition=None, **same)
    return wishes.filter(confirmed_at__isnull=False).first()


# Selections

FEWEST_ASSESSMENTS = 2


def assessed() -> Coalesce:
    """By how many assessors a request was read, as a column."""
    made = Assessment.objects.filter(enrolment=OuterRef("pk"), conflict=False).order_by().values("enrolment")
    return number(made)


def lacking(edition: Edition) -> QuerySet[Enrolment]:
    """The parties of a selection that cannot be decided on yet."""
    parties = edition.enrolments.filter(state=State.ENTERED)
    return parties.annotate(assessed=assessed()).filter(assessed__lt=FEWEST_ASSESSMENTS)


def parties_of_selection(edition: Edition, *, by: Any) -> QuerySet[Enrolment]:
    """Those that wait for the decision, by code, so that nobody is read first for having asked first; then in the order that it
    gave. With `assessed`, participants, and what this assessor said (`own`, none or one)."""
    parties = edition.enrolments.filter(Q(state=State.ENTERED) | Q(rank__isnull=False))
    own = Prefetch("assessments", Assessment.objects.filter(assessor=by), to_attr="own")
    in_order = parties.order_by(F("rank").asc(nulls_last=True), "draw_code")
    return in_order.annotate(assessed=assessed()).prefetch_related("participants", own)


def selections() -> QuerySet[Edition]:
    """Editions that give places by selection, the last to decide first, with `parties` that are in and how many of them are
    `lacking` assessments."""
    parties = Enrolment.objects.filter(edition=OuterRef("pk"), state=State.ENTERED).order_by()
    few = parties.annotate(assessed=assessed()).filter(assessed__lt=FEWEST_ASSESSMENTS)
    return (
        Edition.objects.filter(enrolment=EnrolmentMode.SELECTION)
        .exclude(status=EditionStatus.DRAFT)
        .select_related("course", "decision")
        .annotate(parties=number(parties.values("edition")), lacking=number(few.values("edition")))
        .order_by("-decides_at", "-pk")
    )


# Courses in lists


def standings_of_courses(courses: Iterable[int], *, now: datetime) -> dict[int, Standing]:
    """How each of these courses stands for who would like to enrol: the best of its editions. Two queries."""
    best: dict[int, Standing] = {}
    for shown in edition_cards(
        Edition.objects.filter(course__in=list(courses)).exclude(status=EditionStatus.DRAFT), now=now
    ):
        course = shown.edition.course_id
        if course is not None and (course not in best or rank(shown.standing) < rank(best[course])):
            best[course] = shown.standing
    return best


def rank(stands: Standing) -> int:
    order = (*Standing.AHEAD, Standing.CLOSED, Standing.FINISHED)
    return order.index(stands) if stands in order else len(order)
