from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.sealed import unseal

from .. import emails, ranking
from ..enums import EnrolmentMode, State
from ..lots import Lot
from ..models import Assessment, Decision, Edition, Enrolment
from ..queries import lacking, turned_away_before
from .draw import bound_to, check_moment, give, group_of, promise_draw
from .expire import end_due
from .steps import lock_edition


def decide(edition: Edition, *, now: datetime, by: Any = None) -> Decision:
    """Rank the parties by the scores of their assessors, give the places in this order and tell everybody why.

    Decided twice, it is the same decision. Raises RuleViolation before the moment that was announced, and as long as a party has
    fewer than two assessments.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        known = Decision.objects.filter(edition=edition).first()
        if known:
            return known
        check_decidable(edition, now=now)
        end_due(edition, now=now)
        check_assessed(edition)
        promised, terms = promise_draw(edition, now=now), edition.terms.latest("number")
        decision = Decision.objects.create(
            edition=edition,
            terms=terms,
            listed=ranking.written(scored(edition)),
            gone=" ".join(withdrawn_since_closing(edition)),
            secret=unseal(promised.sealed_secret, bound_to=bound_to(edition)),
            places=terms.rules["places"],
            decided_at=now,
            decided_by=by,
        )
        log(instance=edition, action="enrolment.decided", user=by)

        def tell(party: Enrolment, ranked: ranking.Ranked) -> None:
            emails.tell_decided(party, decision, ranked, now=now)

        give(edition, decision.outcome, tell=tell, now=now, by=by)
        return decision


def check_decidable(edition: Edition, *, now: datetime) -> None:
    if edition.enrolment != EnrolmentMode.SELECTION:
        raise RuleViolation(_("Places are not given by selection here."), code="way")
    early = _("The decision was announced for %(moment)s: it is not made before.")
    check_moment(edition, edition.decides_at, early=early, now=now)


def check_assessed(edition: Edition) -> None:
    number = lacking(edition).count()
    if number:
        sentence = ngettext(
            "%(number)s request has fewer than two assessments.",
            "%(number)s requests have fewer than two assessments.",
            number,
        )
        raise RuleViolation(sentence % {"number": number}, code="assessments")


def scored(edition: Edition) -> list[ranking.Scored]:
    """Each party still in, with its scores in the order of the criteria; its group, which decides among equals, is kept on it."""
    before = turned_away_before(edition)
    made = Assessment.objects.filter(conflict=False).prefetch_related("scores")
    parties = list(
        edition.enrolments.filter(state=State.ENTERED).prefetch_related("participants", Prefetch("assessments", made))
    )
    for party in parties:
        party.group = group_of(party, edition, before)
    Enrolment.objects.bulk_update(parties, ["group"])
    return [
        ranking.Scored(
            Lot(party.draw_code, len(party.participants.all()), party.group or 0),
            tuple(tuple(score.points for score in one.scores.all()) for one in party.assessments.all()),
        )
        for party in parties
    ]


def withdrawn_since_closing(edition: Edition) -> list[str]:
    gone = edition.enrolments.filter(state=State.WITHDRAWN, changed_at__gte=edition.closes_at)
    return list(gone.order_by("draw_code").values_list("draw_code", flat=True))
