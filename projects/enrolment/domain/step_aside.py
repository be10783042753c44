from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from ..models import Assessment, Enrolment
from .assess import check_assessable
from .steps import fresh, lock_edition


def step_aside(enrolment: Enrolment, *, now: datetime, by: Any) -> Assessment:
    """An assessor (`by`) has a conflict of interest: from now on she does not assess this party, and what she gave it before does
    not count. Said twice, it is the same; it is not taken back. Raises RuleViolation where nothing is to assess."""
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        enrolment = fresh(enrolment, edition)
        check_assessable(enrolment, edition, now=now)
        assessment, _created = Assessment.objects.get_or_create(
            enrolment=enrolment, assessor=by, defaults={"changed_at": now}
        )
        if not assessment.conflict:
            assessment.scores.all().delete()
            assessment.conflict, assessment.changed_at = True, now
            assessment.save()
            log(instance=enrolment, action="enrolment.stepped_aside", user=by)
        return assessment
