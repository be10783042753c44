from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..enums import EditionStatus, State
from ..models import Attendance, Edition, Meeting, Participant
from .steps import lock_edition


def mark(participant: Participant, meeting: Meeting, *, present: bool, now: datetime, by: Any) -> Attendance:
    """Write down whether somebody is at a meeting, from the day of the meeting on. Marked twice, it is the same mark.

    Raises RuleViolation where the meeting is cancelled or still to come, or the person has no place.
    """
    with transaction.atomic():
        edition = lock_edition(meeting.edition_id)
        check_markable(meeting, edition, now=now)
        if not edition.participants.filter(pk=participant.pk, enrolment__state=State.ENROLLED).exists():
            raise RuleViolation(_("This person has no place here."), code="person")
        known = Attendance.objects.filter(participant=participant, meeting=meeting).first()
        if known and known.present == present:
            return known
        marked, _created = Attendance.objects.update_or_create(
            participant=participant,
            meeting=meeting,
            defaults={"present": present, "marked_at": now, "marked_by": by},
        )
        log(
            instance=participant,
            action="enrolment.marked",
            user=by,
            data={"meeting": meeting.pk, "present": present},
        )
        return marked


def check_markable(meeting: Meeting, edition: Edition, *, now: datetime) -> None:
    if meeting.cancelled or edition.status == EditionStatus.CANCELLED:
        raise RuleViolation(_("This meeting was cancelled: nobody can be there."), code="cancelled")
    if meeting.date > now.astimezone(edition.zone).date():
        raise RuleViolation(_("This meeting is still to come."), code="to_come")
