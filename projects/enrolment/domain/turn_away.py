from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import EditionStatus, Standing, State
from ..models import Edition
from ..queries import is_over, meetings_of, standing
from .expire import end_due
from .steps import lock_edition, move


def turn_away(edition: Edition, *, now: datetime, by: Any = None, reason: str = "") -> int:
    """Tell those who still wait that they find no place this time: when all is over or cancelled, or before, when staff (`by`) close
    the waiting list and say why. Returns how many parties. Done twice it is calm: then nobody waits any more.

    Raises RuleViolation where staff give no reason, or where enrolment is open: whoever asked next would wait in vain.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        end_due(edition, now=now)
        ended = gives_no_more(edition, now=now)
        if not ended:
            check_closing(edition, reason, now=now)
        parties = list(
            edition.enrolments.filter(state__in=State.HOPING if ended else (State.WAITING,)).prefetch_related(
                "participants"
            )
        )
        if parties and not ended:
            log(instance=edition, action="enrolment.list_closed", user=by, data={"reason": reason})
        for party in parties:
            party.edition = edition
            move(party, State.TURNED_AWAY, now=now, by=by)
            if edition.status != EditionStatus.CANCELLED:  # that letter has said it
                emails.tell_turned_away(party)
        return len(parties)


def gives_no_more(edition: Edition, *, now: datetime) -> bool:
    return stands(edition, now=now) in (Standing.FINISHED, Standing.CANCELLED)


def check_closing(edition: Edition, reason: str, *, now: datetime) -> None:
    if stands(edition, now=now) in Standing.ENROLLING:
        raise RuleViolation(
            _("Enrolment is still open: who asks now would wait in vain. End enrolment first, then close the list."),
            code="open",
        )
    if not reason.strip():
        raise RuleViolation(_("Write why nobody on the waiting list can have a place any more."), code="reason")


def stands(edition: Edition, *, now: datetime) -> Standing:
    return standing(edition, now=now, over=is_over(meetings_of(edition), now=now), full=False)


def turn_away_due(*, now: datetime) -> int:
    """Wherever all is over or cancelled and people still wait. Returns how many parties were told."""
    hoped_for = Edition.objects.filter(enrolments__state__in=State.HOPING).distinct().prefetch_related("meetings")
    return sum(turn_away(edition, now=now) for edition in hoped_for if gives_no_more(edition, now=now))
