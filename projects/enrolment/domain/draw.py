from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.sealed import seal, unseal

from .. import emails, lots
from ..enums import EditionStatus, EnrolmentMode, Priority, State
from ..models import Draw, Edition, Enrolment
from ..queries import turned_away_before
from .expire import end_due
from .steps import lock_edition, move


def promise_draw(edition: Edition, *, now: datetime) -> Draw:
    """Choose the secret of a draw and publish its fingerprint. Under the lock; once for each edition."""
    known = Draw.objects.filter(edition=edition).first()
    if known:
        return known
    secret = lots.new_secret()
    return Draw.objects.create(
        edition=edition,
        sealed_secret=seal(secret, bound_to=bound_to(edition)),
        commitment=lots.sha256(secret),
        committed_at=now,
    )


def bound_to(edition: Edition) -> str:
    return f"enrolment.draw:{edition.pk}"


def freeze_list(edition: Edition, *, now: datetime) -> Draw:
    """Close the list of a draw and publish it with its fingerprint. Done twice, it is the same list.

    Raises RuleViolation before enrolment closes.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        promised = promise_draw(edition, now=now)
        if promised.frozen_at:
            return promised
        if edition.closes_at is None or now < edition.closes_at:
            raise RuleViolation(_("Enrolment is still open: the list is closed when it closes."), code="open")
        end_due(edition, now=now)
        before = turned_away_before(edition)
        parties = list(edition.enrolments.filter(state=State.ENTERED).annotate(people=Count("participants")))
        for party in parties:
            party.group = group_of(party, edition, before)
        Enrolment.objects.bulk_update(parties, ["group"])
        promised.listed = lots.written(lots.Lot(party.draw_code, party.people, party.group or 0) for party in parties)
        promised.fingerprint = lots.sha256(promised.listed)
        promised.frozen_at = now
        promised.save()
        log(instance=edition, action="enrolment.list_frozen", data={"fingerprint": promised.fingerprint})
        return promised


def group_of(party: Enrolment, edition: Edition, before: set[str]) -> int:
    """The number of the first priority that holds for this party; after all of them where none does."""
    kinds = [rule.kind for rule in edition.priorities.all()]
    for number, kind in enumerate(kinds):
        holds = bool(party_keys(party) & before) if kind == Priority.TURNED_AWAY else kind in party.declared
        if holds:
            return number
    return len(kinds)


def party_keys(party: Enrolment) -> set[str]:
    return {person.person_key for person in party.participants.all()}


def draw(edition: Edition, *, now: datetime, by: Any = None) -> Draw:
    """Reveal the secret, put the parties of the frozen list in its order, give the places and tell everybody.

    Drawn twice, it is the same draw: whoever runs it, and however often, the order is that of the secret promised before.
    Raises RuleViolation before the moment that was announced.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        check_drawable(edition, now=now)
        frozen = freeze_list(edition, now=now)
        if frozen.drawn_at:
            return frozen
        left = edition.enrolments.filter(draw_code__in=[lot.code for lot in lots.read(frozen.listed)])
        frozen.gone = " ".join(
            left.exclude(state=State.ENTERED).order_by("draw_code").values_list("draw_code", flat=True)
        )
        frozen.secret = unseal(frozen.sealed_secret, bound_to=bound_to(edition))
        frozen.places, frozen.drawn_at = edition.places, now
        frozen.save()
        log(instance=edition, action="enrolment.drawn", user=by)
        give(edition, frozen.outcome, tell=lambda party, _drawn: emails.tell_state(party, now=now), now=now, by=by)
        return frozen


def check_drawable(edition: Edition, *, now: datetime) -> None:
    if edition.enrolment != EnrolmentMode.DRAW:
        raise RuleViolation(_("Places are not given by draw here."), code="way")
    early = _("The draw was announced for %(moment)s: it is not made before.")
    check_moment(edition, edition.draws_at, early=early, now=now)


def check_moment(edition: Edition, announced: datetime | None, *, early: str, now: datetime) -> None:
    """Places that are given together are given when that was announced, and not where all is cancelled."""
    if edition.status != EditionStatus.PUBLISHED:
        raise RuleViolation(_("This has been cancelled: there are no places to take any more."), code="cancelled")
    if announced is None or now < announced:
        moment = date_format(announced.astimezone(edition.zone), "DATETIME_FORMAT") if announced else "–"
        raise RuleViolation(early % {"moment": moment}, code="early")


def give(
    edition: Edition, outcome: Iterable[Any], *, tell: Callable[[Enrolment, Any], None], now: datetime, by: Any
) -> None:
    """Every party of the outcome gets its rank, also one that has withdrawn since: its code stays in the public order. Who is still
    in gets a place or a number on the list, and then her letter."""
    parties = {party.draw_code: party for party in edition.enrolments.filter(rank=None)}
    order = [(drawn, parties[drawn.lot.code]) for drawn in outcome]
    for drawn, party in order:
        party.rank, party.edition = drawn.rank, edition
    Enrolment.objects.bulk_update([party for _drawn, party in order], ["rank"])
    present = [(drawn, party) for drawn, party in order if party.state == State.ENTERED]
    for drawn, party in present:
        move(party, State.ENROLLED if drawn.given else State.WAITING, now=now, by=by)
    for drawn, party in present:  # after all have moved: each is told her number on the list as it is then
        tell(party, drawn)


def draw_due(*, now: datetime) -> tuple[int, int]:
    """Close every list and make every draw whose moment has come. Returns how many of each."""
    drawing = Edition.objects.filter(enrolment=EnrolmentMode.DRAW, status=EditionStatus.PUBLISHED)
    to_freeze = drawing.filter(closes_at__lte=now).exclude(draw__frozen_at__isnull=False)
    frozen = [freeze_list(edition, now=now) for edition in to_freeze]
    to_draw = drawing.filter(draws_at__lte=now).exclude(draw__drawn_at__isnull=False)
    drawn = [draw(edition, now=now) for edition in to_draw]
    return len(frozen), len(drawn)
