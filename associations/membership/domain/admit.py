import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import ApplicationState
from ..models import (
    Application,
    Association,
    AssociationCommunity,
    AssociationField,
    AssociationLanguage,
    Membership,
    Roll,
)
from ..signals import member_admitted
from .decide import four_eyes, sign
from .step import locked, move

logger = logging.getLogger(__name__)


def admit(application: Application, *, by: Any, now: datetime, resolution: str = "") -> Membership:
    """Make the body a member, from today, under the next number of the roll.

    A body that was a member before, known by its tax code, comes back: the same record, a new membership. Done twice, the
    first membership is returned.
    """
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.ADMITTED and application.association:
            return application.association.memberships.get(until=None)
        four_eyes(application, by)
        roll = locked_roll()
        association = enter(application)
        membership = Membership.objects.create(
            association=association,
            number=next_number(roll),
            since=timezone.localtime(now).date(),
            resolution=resolution,
        )
        application.association = association
        sign(application, by=by, now=now)
        move(application, ApplicationState.ADMITTED, by=by, now=now, action="admitted")
        emails.admitted(application, membership)
        transaction.on_commit(lambda: announce(association))
    return membership


def locked_roll() -> Roll:
    """Of all applications, not of one: two admitted at the same moment ask the same row for their number."""
    Roll.objects.get_or_create(pk=1)
    return Roll.objects.select_for_update().get(pk=1)


def next_number(roll: Roll) -> int:
    """One more than any number ever given, also by hand."""
    highest = Membership.objects.aggregate(highest=Max("number"))["highest"] or 0
    roll.last_number = max(roll.last_number, highest) + 1
    roll.save()
    return roll.last_number


def enter(application: Application) -> Association:
    association = known(application) or Association(slug=free_slug(application))
    for name, value in application.body_values().items():
        setattr(association, name, value)
    association.language = application.language
    association.email = application.contact_email
    association.phone = application.contact_phone or application.representative_phone
    association.save()
    replace_rows(association, application)
    return association


def known(application: Application) -> Association | None:
    if not application.tax_code:
        return None
    association = Association.objects.filter(tax_code=application.tax_code).first()
    if association and association.memberships.filter(until=None).exists():
        raise RuleViolation(
            _("An association with this tax code is already a member: %(name)s.") % {"name": association.name}
        )
    return association


def free_slug(application: Application) -> str:
    slug = (slugify(application.name) or slugify(application.short_name) or application.reference.lower())[:70]
    taken = set(Association.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def replace_rows(association: Association, application: Application) -> None:
    rows: tuple[tuple[Any, str, list[str]], ...] = (
        (AssociationCommunity, "country", application.communities),
        (AssociationLanguage, "language", application.languages),
        (AssociationField, "field", application.fields_of_work),
    )
    for model, name, values in rows:
        model.objects.filter(association=association).delete()
        model.objects.bulk_create(model(association=association, **{name: value}) for value in dict.fromkeys(values))


def announce(association: Association) -> None:
    for receiver, result in member_admitted.send_robust(sender=Association, association=association):
        if isinstance(result, Exception):
            logger.error("%s failed for %s", receiver, association.pk, exc_info=result)
