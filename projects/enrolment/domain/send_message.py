from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import State
from ..models import Edition, Message
from .steps import lock_edition


def send_message(
    edition: Edition, *, state: State, texts: Mapping[str, tuple[str, str]], key: UUID, now: datetime, by: Any
) -> Message:
    """Write to everybody of this edition who is in this state, each in her language; in Italian where `texts`, (subject, text) by
    language, has none in hers. Sent twice with one key, nobody gets a second letter.

    Raises RuleViolation without an Italian text.
    """
    if settings.LANGUAGE_CODE not in texts:
        raise RuleViolation(
            _("Write the message in Italian too: it goes to whoever reads no other language here."), code="italian"
        )
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        known = Message.objects.filter(key=key).first()
        if known:
            return known
        parties = edition.enrolments.filter(state=state, confirmed_at__isnull=False).prefetch_related("participants")
        reached = [party for party in parties if not party.to_phone]
        for party in reached:
            party.edition = edition
            subject, text = texts.get(party.language, texts[settings.LANGUAGE_CODE])
            emails.tell_message(party, subject=subject, text=text)
        log(instance=edition, action="enrolment.messaged", user=by, data={"state": state, "letters": len(reached)})
        return Message.objects.create(
            edition=edition, key=key, state=state, texts=dict(texts), letters=len(reached), sent_at=now
        )
