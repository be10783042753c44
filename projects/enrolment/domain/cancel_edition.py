from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import EditionStatus, State
from ..models import Edition, Enrolment, Meeting
from ..queries import is_over, meetings_of, with_shortfall
from .expire import end_due
from .steps import lock_edition, move

UNSAID: Mapping[str, str] = MappingProxyType({})


def cancel_edition(
    edition: Edition, *, now: datetime, by: Any = None, reason: Mapping[str, str] = UNSAID
) -> list[Enrolment]:
    """Call an edition off, for good. Whoever has a place, an offer, a number in line or a code in the draw is told once, also who
    has not confirmed yet; offers end. `reason`: by language, as far as it was written.

    Returns whom it concerns: who gave no e-mail has to be called. Done twice, nobody is told again.
    Raises RuleViolation where there is nothing to cancel.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        if edition.status == EditionStatus.CANCELLED:
            return []
        check_cancellable(edition, now=now)
        end_due(edition, now=now)
        too_few = with_shortfall(Edition.objects.filter(pk=edition.pk), now=now).get().below_minimum
        edition.status = EditionStatus.CANCELLED
        edition.save(update_fields=["status"])
        log(instance=edition, action="enrolment.edition_cancelled", user=by)
        for meeting in meetings_of(edition):
            meeting.sequence += 1
        Meeting.objects.bulk_update(meetings_of(edition), ["sequence"])
        parties = list(edition.enrolments.filter(state__in=State.LIVING).prefetch_related("participants"))
        for party in parties:
            party.edition = edition
            had_place = party.state == State.ENROLLED
            if party.state == State.OFFERED:
                move(party, State.EXPIRED, now=now, by=by)
            emails.tell_cancelled(party, reason=reason, too_few=too_few, with_calendar=had_place, now=now)
        return parties


def check_cancellable(edition: Edition, *, now: datetime) -> None:
    if edition.status != EditionStatus.PUBLISHED:
        raise RuleViolation(_("Only what is published can be cancelled."), code="draft")
    if is_over(meetings_of(edition), now=now):
        raise RuleViolation(_("This is over: there is nothing to cancel any more."), code="over")
