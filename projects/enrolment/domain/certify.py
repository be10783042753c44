from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..attendance import Record, minutes_of, records, unmarked
from ..models import Certificate, Edition
from ..queries import is_over, meetings_of
from .steps import lock_edition


def certify(edition: Edition, *, now: datetime, by: Any = None) -> list[Certificate]:
    """Issue a certificate to everybody who attended enough of the meetings held, and write to them. Returns the new ones: who has
    one keeps it as it is, and nothing is sent twice.

    Raises RuleViolation before the last meeting has ended, and while nobody has said who was at a meeting: it would count against all.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        check_complete(edition, now=now)
        return [
            issue(edition, record, now=now, by=by)
            for record in records(edition, now=now)
            if record.reached and record.certificate is None
        ]


def check_complete(edition: Edition, *, now: datetime) -> None:
    if not is_over(meetings_of(edition), now=now):
        raise RuleViolation(_("Certificates are issued when the last meeting has ended."), code="early")
    missing = unmarked(edition, now=now)
    if missing:
        raise RuleViolation(
            _("Nobody has said who was there on %(day)s. Mark it first; or, if it was not held, cancel that meeting.")
            % {"day": date_format(missing[0].date, "DATE_FORMAT")},
            code="unmarked",
        )


def issue(edition: Edition, record: Record, *, now: datetime, by: Any) -> Certificate:
    person, enrolment = record.person, record.person.enrolment
    enrolment.edition = edition
    certificate = Certificate.objects.create(
        participant=person,
        edition=edition,
        language=enrolment.language,
        name=person.name,
        name_own_script=person.name_own_script,
        initials=initials(person.name),
        title=edition.title_in(enrolment.language),
        minutes_attended=minutes_of(record.attended),
        minutes_held=minutes_of(record.held),
        first_day=record.held[0].date,
        last_day=record.held[-1].date,
        issued_at=now,
    )
    log(instance=enrolment, action="enrolment.certified", user=by, data={"certificate": certificate.code})
    emails.tell_certificate(certificate, enrolment)
    return certificate


def initials(name: str) -> str:
    """Enough to see that a paper and our record speak of the same person; too little to learn from a code who was there."""
    return " ".join(f"{part[0]}." for part in name.split())
