from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..models import Membership


def leave(membership: Membership, *, until: date, by: Any) -> Membership:
    """Close a membership on its last day. The row stays; one that has ended keeps the day on which it did."""
    with transaction.atomic():
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if membership.until:
            return membership
        if until < membership.since:
            raise RuleViolation(_("A membership cannot end before it began."))
        membership.until = until
        membership.save(update_fields=["until"])
        log(instance=membership, action="membership.left", user=by, data={"until": until.isoformat()})
    return membership
