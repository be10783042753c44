from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .viewsets import EnrolmentGroup, TaughtMenuItem

ACTIONS = {
    "entered": (_("Request entered"), _("Entered a request")),
    "list_frozen": (_("List of the draw closed"), _("The list of the draw was closed")),
    "drawn": (_("Places drawn"), _("The places were drawn")),
    "assessed": (_("Request assessed"), _("Assessed the request")),
    "reassessed": (_("Assessment changed"), _("Changed an assessment")),
    "stepped_aside": (_("Conflict of interest declared"), _("Declared a conflict of interest")),
    "decided": (_("Selection decided"), _("Decided the selection")),
    "enrolled": (_("Place given"), _("Got a place")),
    "waiting": (_("Put on the waiting list"), _("Went on the waiting list")),
    "offered": (_("Place offered"), _("Was offered a place")),
    "withdrawn": (_("Withdrawn"), _("Withdrew")),
    "declined": (_("Place declined"), _("Declined the place")),
    "lapsed": (_("Not confirmed in time"), _("Was not confirmed in time")),
    "confirmed": (_("Contact confirmed"), _("Confirmed the contact")),
    "expired": (_("Offer ended"), _("Let the offer end")),
    "edition_cancelled": (_("Edition cancelled"), _("The edition was cancelled")),
    "turned_away": (_("Turned away"), _("Found no place this time")),
    "list_closed": (_("Waiting list closed"), _("The waiting list was closed")),
    "interested": (_("Wants to be told first"), _("Asked to be told first")),
    "told": (_("Told of the next edition"), _("Was told of the next edition")),
    "taken_out": (_("Wish deleted"), _("The wish to be told first was deleted")),
    "viewed": (_("Personal data read"), _("Personal data were read")),
    "copied": (_("Copied as next edition"), _("Copied from another edition")),
    "marked": (_("Attendance marked"), _("Attendance was marked")),
    "certified": (_("Certificate issued"), _("Got a certificate")),
    "messaged": (_("Message sent"), _("A message was sent to all of one state")),
    "exported": (_("Personal data exported"), _("Personal data were exported")),
}


class WithReason(LogFormatter):
    """Shows in the history why staff took a step."""

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for name, (label, message) in ACTIONS.items():
        formatter = type("WithReason", (WithReason,), {"label": label, "message": message})
        actions.register_action(f"enrolment.{name}")(formatter)


@hooks.register("register_admin_viewset")
def register_viewsets() -> EnrolmentGroup:
    return EnrolmentGroup()


@hooks.register("register_admin_menu_item")
def register_taught() -> TaughtMenuItem:
    return TaughtMenuItem()
