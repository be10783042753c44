"""What admitting and refusing have in common: another person than the reviewer decides."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from ..models import Application


def four_eyes(application: Application, by: Any) -> None:
    if application.reviewer_id == by.pk:
        raise RuleViolation(_("You have reviewed this application yourself: a colleague takes the decision."))


def sign(application: Application, *, by: Any, now: datetime) -> None:
    application.decided_by = by
    application.decided_at = now
