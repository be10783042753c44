from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from .save import save

DRAFTS_PER_DAY = 5


def start(values: Mapping[str, Any], *, language: str, key: UUID, now: datetime) -> Application:
    """Begin an application and send the link to go on with it.

    `key` names this try: sent again, by a second click or the back button, it goes on with the same draft; one that has been sent is left as it is.
    """
    application = Application(
        request_key=key, language=language, created_at=now, changed_at=now, state_since=now, **values
    )
    application.full_clean(exclude=["request_key"])
    with transaction.atomic():
        begun = Application.objects.select_for_update(of=("self",)).filter(request_key=key).first()
        if begun is None:
            refuse_a_flood(application.contact_email, now)
            # Two requests at the same moment both see no draft; the unique key lets one through, the other then finds it.
            begun, created = Application.objects.get_or_create(
                request_key=key,
                defaults={"language": language, "created_at": now, "changed_at": now, "state_since": now, **values},
            )
            if created:
                log(instance=begun, action="membership.begun")
                emails.draft_link(begun)
                return begun
    return save(begun, values=values, now=now) if begun.writable else begun


def refuse_a_flood(email: str, now: datetime) -> None:
    """Nobody fills a stranger's letter box with our links."""
    since = now - timedelta(days=1)
    drafts = Application.objects.filter(
        contact_email__iexact=email, state=ApplicationState.DRAFT, created_at__gte=since
    )
    if drafts.count() >= DRAFTS_PER_DAY:
        raise RuleViolation(
            _(
                "Several applications were begun today with this e-mail address. Use the link in the letter that we sent you."
            )
        )
