from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from ..enums import EditionStatus, EnrolmentMode
from ..models import Edition, Terms
from .draw import promise_draw
from .remind import remind_later
from .steps import lock_edition
from .tell_first import tell_first


def announce(edition: Edition, *, now: datetime) -> None:
    """Publish how places are given, before anybody asks: a version of the terms for each change, and the fingerprint of a draw's
    secret. Who wanted to be told first is told with the first version. Done twice it is calm. Raises RuleViolation where enrolment has opened: from then on the terms stay."""
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        if edition.status != EditionStatus.PUBLISHED:
            return
        if edition.enrolment == EnrolmentMode.NONE:
            tell_first(edition, now=now)
            return
        rules = rules_of(edition)
        last = edition.terms.last()
        if last is None or last.rules != rules:
            if last is not None and has_opened(edition, now=now):
                raise RuleViolation(terms_stay(), code="terms")
            Terms.objects.create(edition=edition, number=last.number + 1 if last else 1, rules=rules, published_at=now)
        if last is None:
            tell_first(edition, now=now)
        if edition.enrolment == EnrolmentMode.DRAW:
            promise_draw(edition, now=now)
            for moment in (edition.closes_at, edition.draws_at):
                if moment and moment > now:
                    draw_later(moment)
        remind_later(edition, now=now)


def terms_stay() -> str:
    return _("Enrolment has opened: how places are given, to whom first and for which ages stays as it was published.")


def draw_later(moment: datetime) -> None:
    from ..tasks import make_due_draws  # its work leads back here

    make_due_draws.using(run_after=moment).enqueue()


def rules_of(edition: Edition) -> dict[str, Any]:
    """What must not change under those who ask."""
    return {
        "way": edition.enrolment,
        "party_max": edition.party_max,
        "priorities": [rule.kind for rule in edition.priorities.all()],
        "offer_days": edition.offer_days,
        "offer_in_opening_days": edition.offer_in_opening_days,
        "age_from": edition.age_from,
        "age_to": edition.age_to,
    }


def has_opened(edition: Edition, *, now: datetime) -> bool:
    return edition.enrolments.exists() or (edition.opens_at is not None and edition.opens_at <= now)
