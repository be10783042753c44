from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from ..enums import EditionStatus, EnrolmentMode
from ..models import Criterion, Decision, Edition, Terms
from .draw import promise_draw
from .remind import remind_later
from .steps import lock_edition
from .tell_first import tell_first


def announce(edition: Edition, *, now: datetime) -> None:
    """Publish how places are given, before anybody asks: a version of the terms for each change, and the fingerprint of the
    secret of a lot. Who wanted to be told first is told with the first version. Done twice it is calm; after a decision nothing is
    left to announce. Raises RuleViolation where enrolment has opened, from then on the terms stay; and where a selection has no
    criteria."""
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        if edition.status != EditionStatus.PUBLISHED or is_decided(edition):
            return
        if publish_terms(edition, now=now) == 1:
            tell_first(edition, now=now)
        if edition.enrolment in EnrolmentMode.TOGETHER:
            promise_draw(edition, now=now)
        if edition.enrolment == EnrolmentMode.DRAW:
            for moment in (edition.closes_at, edition.draws_at):
                if moment and moment > now:
                    draw_later(moment)
        remind_later(edition, now=now)


def publish_terms(edition: Edition, *, now: datetime) -> int | None:
    """Returns the number of the version that this makes; None if the last one still holds."""
    if edition.enrolment == EnrolmentMode.SELECTION and not edition.criteria.exists():
        raise RuleViolation(no_criteria(), code="criteria")
    rules, last = rules_of(edition), edition.terms.last()
    if last is not None and last.rules == rules:
        return None
    if last is not None and has_opened(edition, now=now):
        raise RuleViolation(terms_stay(), code="terms")
    number = last.number + 1 if last else 1
    Terms.objects.create(edition=edition, number=number, rules=rules, published_at=now)
    return number


def terms_stay() -> str:
    return _("Enrolment has opened: how places are given, to whom first and for which ages stays as it was published.")


def no_criteria() -> str:
    return _("A selection needs criteria: write at least one, so that everybody knows what counts.")


def is_decided(edition: Edition) -> bool:
    return Decision.objects.filter(edition=edition).exists()


def draw_later(moment: datetime) -> None:
    from ..tasks import make_due_draws  # its work leads back here

    make_due_draws.using(run_after=moment).enqueue()


def rules_of(edition: Edition) -> dict[str, Any]:
    """What must not change under those who ask."""
    rules: dict[str, Any] = {
        "way": edition.enrolment,
        "party_max": edition.party_max,
        "priorities": [rule.kind for rule in edition.priorities.all()],
        "offer_days": edition.offer_days,
        "offer_in_opening_days": edition.offer_in_opening_days,
        "age_from": edition.age_from,
        "age_to": edition.age_to,
    }
    if edition.enrolment == EnrolmentMode.SELECTION and edition.decides_at:
        rules |= {
            "places": edition.places,
            "decides_at": edition.decides_at.isoformat(),
            "criteria": [published(criterion) for criterion in edition.criteria.prefetch_related("names")],
        }
    return rules


def published(criterion: Criterion) -> dict[str, Any]:
    return {
        "label": criterion.label,
        "names": {name.language: name.text for name in criterion.names.all()},
        "weight": criterion.weight,
        "highest": criterion.highest,
    }


def has_opened(edition: Edition, *, now: datetime) -> bool:
    return edition.enrolments.exists() or (edition.opens_at is not None and edition.opens_at <= now)
