from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .viewsets import MembershipGroup

ACTIONS = {
    "begun": _("Application begun"),
    "document_added": _("Paper added"),
    "document_removed": _("Paper removed"),
    "papers_deleted": _("Papers deleted, as promised"),
    "sent": _("Application sent"),
    "completed": _("Missing things sent"),
    "taken_in_review": _("Taken in review"),
    "completion_asked": _("Completion asked"),
    "admitted": _("Admitted"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
    "left": _("Membership ended"),
    "application_viewed": _("Application read"),
    "exported": _("Register downloaded"),
}


@hooks.register("register_admin_viewset")
def register_viewsets() -> MembershipGroup:
    return MembershipGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for name, label in ACTIONS.items():
        actions.register_action(f"membership.{name}", label, label)
