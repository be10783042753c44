from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..enums import EditionStatus, EnrolmentMode, State
from ..models import Assessment, Criterion, Edition, Enrolment, Score
from .announce import is_decided
from .steps import fresh, lock_edition


@dataclass(frozen=True)
class Mark:
    """What an assessor gives in one criterion, and why, in a sentence."""

    points: int
    reason: str


def assess(enrolment: Enrolment, *, marks: Mapping[int, Mark], now: datetime, by: Any) -> Assessment:
    """Write down what one assessor (`by`) gives a party in each criterion, by the criterion's key. She may correct it until the
    decision; each time leaves a line in the log, without the scores, which are forgotten with the request.

    Raises RuleViolation before enrolment has closed, after the decision, where she has a conflict of interest, and where a
    score is missing, too high or without a reason.
    """
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        enrolment = fresh(enrolment, edition)
        check_assessable(enrolment, edition, now=now)
        check_marks(marks, list(edition.criteria.all()))
        known = Assessment.objects.filter(enrolment=enrolment, assessor=by).first()
        if known and known.conflict:
            raise RuleViolation(
                _("You have said that you are too close to this request to assess it."), code="conflict"
            )
        assessment = known or Assessment(enrolment=enrolment, assessor=by)
        assessment.changed_at = now
        assessment.save()
        assessment.scores.all().delete()
        Score.objects.bulk_create(
            Score(assessment=assessment, criterion_id=criterion, points=mark.points, reason=mark.reason.strip())
            for criterion, mark in marks.items()
        )
        log(instance=enrolment, action="enrolment.reassessed" if known else "enrolment.assessed", user=by)
        return assessment


def check_assessable(enrolment: Enrolment, edition: Edition, *, now: datetime) -> None:
    if edition.enrolment != EnrolmentMode.SELECTION:
        raise RuleViolation(_("Places are not given by selection here."), code="way")
    if edition.status != EditionStatus.PUBLISHED:
        raise RuleViolation(_("This has been cancelled: there are no places to take any more."), code="cancelled")
    if is_decided(edition):
        raise RuleViolation(_("The places have been given: scores stay as they are."), code="decided")
    if edition.closes_at is None or now < edition.closes_at:
        raise RuleViolation(_("Enrolment is still open: requests are assessed when it has closed."), code="open")
    if enrolment.state != State.ENTERED:
        raise RuleViolation(_("This request has ended: there is nothing to assess."), code="ended")


def check_marks(marks: Mapping[int, Mark], criteria: list[Criterion]) -> None:
    if set(marks) != {criterion.pk for criterion in criteria}:
        raise RuleViolation(_("Give a score in each criterion."), code="marks")
    for criterion in criteria:
        mark = marks[criterion.pk]
        if not 0 <= mark.points <= criterion.highest:
            raise RuleViolation(
                _("%(criterion)s: the score is from 0 to %(highest)s.")
                % {"criterion": criterion, "highest": criterion.highest},
                code="marks",
            )
        if not mark.reason.strip():
            raise RuleViolation(_("%(criterion)s: say in a sentence why.") % {"criterion": criterion}, code="reason")
