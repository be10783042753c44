from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from foundation_site.core.registers import RegisterViewSet

from . import desk
from .models import Application, Association, Membership


class ApplicationViewSet(RegisterViewSet):
    """Read and decided here, never edited: what is written in an application is the association's."""

    model = Application
    icon = "form"
    menu_label = _("Applications")
    index_view_class = desk.ApplicationIndex
    inspect_view_class = desk.ReviewView
    inspect_template_name = "membership/desk/review.html"
    inspect_view_enabled = True
    form_fields = ["name"]
    list_display = ["name", "reference", Column("get_state_display", label=_("State"), sort_key="state"), DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"), "reviewer"]  # fmt: skip
    list_filter = ["state", "legal_form"]
    search_fields = ["name", "short_name", "name_own", "reference", "tax_code", "contact_email", "contact_name"]
    ordering = ["-state_since"]
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[URLPattern]:
        readable = {"index", "index_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in readable),
            *(path(f"{name}/<int:pk>/", view.as_view(), name=name) for name, view in desk.STEPS.items()),
            path("documents/<int:pk>/<int:document>/", desk.DocumentView.as_view(), name="document"),
        ]

    @property
    def url_finder_class(self) -> Any:
        """Whoever looks for the place of an application in the admin finds the page of its review."""
        return type(
            "ApplicationURLFinder", (super().url_finder_class,), {"edit_url_name": self.get_url_name("inspect")}
        )


class AssociationViewSet(RegisterViewSet):
    model = Association
    icon = "group"
    menu_label = _("Register of associations")
    index_view_class = desk.AssociationIndex
    list_display = ["name", "short_name", "legal_form", Column("member_since", label=_("Member since")), "members"]
    list_filter = ["legal_form", "seat_city"]
    search_fields = ["name", "short_name", "name_own", "tax_code", "seat_city"]
    ordering = ["name"]
    list_export = [
        "member_number", "member_since", "name", "short_name", "name_own", "get_legal_form_display", "tax_code", "runts_number",
        "founded", "seat_address", "seat_city", "email", "phone", "public_email", "website", "members", "volunteers",
        "community_names", "language_names", "field_names",
    ]  # fmt: skip
    export_headings = {
        "member_number": _("Number"),
        "member_since": _("Member since"),
        "get_legal_form_display": _("Legal form"),
        "community_names": _("Countries"),
        "language_names": _("Languages"),
        "field_names": _("Fields of work"),
    }
    export_filename = "associations"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("short_name"),
                    MultiFieldPanel(
                        [FieldPanel("name_own"), FieldPanel("name_own_language")], _("In its own language")
                    ),
                    FieldPanel("slug"),
                    FieldPanel("legal_form"),
                    FieldPanel("tax_code"),
                    MultiFieldPanel(
                        [FieldPanel("runts_section"), FieldPanel("runts_number"), FieldPanel("runts_date")], _("RUNTS")
                    ),
                    FieldPanel("founded"),
                    FieldPanel("branch_of"),
                ],
                heading=_("Identity"),
            ),
            ObjectList(
                [
                    FieldPanel("presentation"),
                    InlinePanel("communities", label=_("Country")),
                    FieldPanel("mixed"),
                    InlinePanel("languages", label=_("Language")),
                    InlinePanel("fields", label=_("Field of work")),
                    FieldPanel("members"),
                    FieldPanel("volunteers"),
                ],
                heading=_("Work"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("email"), FieldPanel("phone"), FieldPanel("pec"), FieldPanel("language")],
                        _("For the office"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("public_email"), FieldPanel("public_phone"), FieldPanel("website")],
                        _("For everybody"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("seat_address"), FieldPanel("seat_city"), FieldPanel("seat_public")], _("Seat")
                    ),
                    FieldPanel("note"),
                ],
                heading=_("Contacts"),
            ),
        ]
    )


class MembershipViewSet(RegisterViewSet):
    """Since when and until when. A row is never deleted; one that has ended stays as it is (see Membership.clean)."""

    model = Membership
    icon = "calendar"
    menu_label = _("Memberships")
    index_view_class = desk.MembersIndex
    edit_view_class = desk.MembershipEdit
    list_display = ["number", "association", "since", "until", "resolution"]
    list_filter = {"since": ["gte", "lte"], "until": ["isnull"]}
    search_fields = ["association__name", "association__short_name", "number"]
    ordering = ["number"]
    list_export = ["number", "association", "since", "until", "resolution"]
    export_filename = "memberships"
    panels = [
        HelpPanel(
            _("Write here only members from before this register. New ones are admitted through their application.")
        ),
        FieldPanel("association"),
        FieldPanel("number"),
        FieldPanel("since"),
        FieldPanel("until"),
        FieldPanel("resolution"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None}


class MembershipGroup(ModelViewSetGroup):
    menu_label = _("Members")
    menu_icon = "group"
    menu_order = 320
    items = (
        ApplicationViewSet("application"),
        AssociationViewSet("association"),
        MembershipViewSet("membership_period"),
    )
