from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from ..queries import missing_papers
from .step import locked, move

# What an application cannot be sent without, by the step that asks it.
REQUIRED = {
    "who": [
        "name",
        "legal_form",
        "tax_code",
        "founded",
        "seat_city",
        "contact_name",
        "contact_email",
        "representative_name",
        "representative_role",
    ],
    "what": ["languages", "fields_of_work", "activities", "members", "officers"],
}


@dataclass(frozen=True)
class Gap:
    """Something that is still to be done: in which step, and in which field of it."""

    step: str
    field: str
    label: str


def gaps(application: Application) -> list[Gap]:
    return list(every_gap(application))


def every_gap(application: Application) -> Iterator[Gap]:
    informal = application.legal_form == "informal"
    for step, names in REQUIRED.items():
        for name in names:
            if name == "tax_code" and informal:
                continue  # a group of friends has none
            if getattr(application, name) in (None, "", []):
                yield Gap(step, name, label_of(name))
    if not application.communities and not application.mixed:
        yield Gap("what", "communities", label_of("communities"))
    for kind in missing_papers(application):
        yield Gap("documents", "file", str(kind.label))


def label_of(name: str) -> str:
    return str(getattr(Application._meta.get_field(name), "verbose_name", name))


def send(application: Application, *, statements: bool, now: datetime) -> Application:
    """Hand the application in; after we asked for something, hand it in again, to the same reviewer.

    Sent twice it stays sent once: the second time nothing happens and no letter leaves.
    """
    with transaction.atomic():
        application = locked(application)
        if application.state in (ApplicationState.RECEIVED, ApplicationState.IN_REVIEW):
            return application
        missing = gaps(application) if application.writable else []
        if missing:
            raise RuleViolation(
                _("Something is still missing: %(what)s.") % {"what": ", ".join(gap.label for gap in missing)}
            )
        if not statements:
            raise RuleViolation(_("To send the application, accept the three statements."))
        application.statements_accepted_at = now
        if application.state == ApplicationState.COMPLETION_ASKED:
            move(application, ApplicationState.IN_REVIEW, by=None, now=now, action="completed")
        else:
            application.sent_at = now
            move(application, ApplicationState.RECEIVED, by=None, now=now, action="sent")
        emails.received(application)
    return application
