from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSetGroup

from foundation_site.core.registers import RegisterViewSet

from .desk import attendance, demand, editions, letters, message, requests, running, selection
from .models import Course, Edition, Enrolment, Interest, LetterText, Question

# The pages of one edition that staff run it from.
EDITION_PAGES: dict[str, type[running.EditionView]] = {
    "sheet": running.SheetView,
    "copy": running.CopyView,
    "message": message.MessageView,
    "draw": running.DrawView,
    "certify": attendance.CertifyView,
}


class CourseViewSet(RegisterViewSet):
    model = Course
    icon = "openquote"
    menu_label = _("Courses")
    index_view_class = demand.CourseIndex
    list_display = [
        "label", "kind", "language", "level", Column("to_tell", label=_("To tell first")), Column("to_call", label=_("To call")),
    ]  # fmt: skip
    list_filter = ["kind", "level"]
    search_fields = ["label", "slug"]
    ordering = ["label"]
    panels = [
        FieldPanel("label"),
        InlinePanel("names", label=_("Name in another language")),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
    ]


class EditionViewSet(RegisterViewSet):
    model = Edition
    icon = "calendar-alt"
    menu_label = _("Editions")
    index_view_class = editions.EditionIndex
    add_view_class = editions.EditionAdd
    edit_view_class = editions.EditionEdit
    list_display = [
        "__str__", "status", "fill", Column("waiting", label=_("Waiting")), Column("shortfall", label=_("Too few to begin")), Column("first_date", label=_("First meeting"), sort_key="first_date"),
    ]  # fmt: skip
    list_filter = ["course", "kind", "status"]
    search_fields = ["label", "slug", "course__label"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("course"),
                    FieldPanel("kind"),
                    FieldPanel("label"),
                    InlinePanel("names", label=_("Name in another language")),
                    FieldPanel("slug"),
                    FieldPanel("status"),
                    MultiFieldPanel(
                        [FieldPanel("venue_name"), FieldPanel("venue_address"), FieldPanel("venue_step_free")],
                        _("Where"),
                    ),
                    FieldPanel("teacher"),
                    FieldPanel("teachers", widget=CheckboxSelectMultiple),
                    FieldPanel("languages"),
                    FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_amount")]),
                ],
                heading=_("What and where"),
            ),
            ObjectList(
                [InlinePanel("meetings", label=_("Meeting")), FieldPanel("reminder_days"), FieldPanel("time_zone")],
                heading=_("When"),
            ),
            ObjectList(
                [
                    FieldPanel("enrolment"),
                    FieldRowPanel([FieldPanel("places"), FieldPanel("minimum")]),
                    FieldPanel("party_max"),
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("draws_at"),
                    FieldPanel("decides_at"),
                    InlinePanel(
                        "priorities",
                        heading=_("Who comes first in a draw, and among equals in a selection"),
                        help_text=_(
                            "In this order. It is shown to everybody, and stays as it is once enrolment has opened."
                        ),
                        label=_("Priority"),
                    ),
                    InlinePanel(
                        "criteria",
                        panels=[
                            FieldPanel("label"),
                            InlinePanel("names", label=_("Name in another language")),
                            FieldRowPanel([FieldPanel("weight"), FieldPanel("highest")]),
                        ],
                        heading=_("By what a selection decides"),
                        help_text=_("It is shown to everybody, and stays as it is once enrolment has opened."),
                        label=_("Criterion"),
                    ),
                    FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                    FieldRowPanel([FieldPanel("offer_days"), FieldPanel("offer_in_opening_days")]),
                    FieldPanel("attendance_needed"),
                ],
                heading=_("Places"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "questions",
                        help_text=_("Once for each request, whatever the number of people. Ask only what you need."),
                        label=_("Question"),
                    ),
                ],
                heading=_("Questions"),
            ),
        ],
        base_form_class=editions.EditionForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("cancel/<int:pk>/", editions.CancelView.as_view(), name="cancel"),
            path("taught/", running.TaughtView.as_view(), name="taught"),
            path("run/<int:pk>/", running.RunView.as_view(), name="run"),
            path("run/<int:pk>/attendance/<int:meeting>/", attendance.AttendanceView.as_view(), name="attendance"),
            path(
                "run/<int:pk>/certificate/<int:certificate>.pdf",
                attendance.CertificateView.as_view(),
                name="certificate",
            ),
            *(path(f"run/<int:pk>/{name}/", view.as_view(), name=name) for name, view in EDITION_PAGES.items()),
        ]


class LetterTextViewSet(RegisterViewSet):
    """The first words of letters, as editors write them. Every change is in the log."""

    model = LetterText
    icon = "mail"
    menu_label = _("Words of letters")
    add_view_class = letters.LetterTextAdd
    edit_view_class = letters.LetterTextEdit
    inspect_view_class = letters.LetterTextInspect
    inspect_template_name = "enrolment/desk/letter.html"
    inspect_view_enabled = True
    list_display = ["get_letter_display", "get_language_display", "subject"]
    list_filter = ["letter", "language"]
    search_fields = ["subject", "opening"]
    panels = [
        FieldRowPanel([FieldPanel("letter"), FieldPanel("language")]),
        FieldPanel("subject"),
        FieldPanel("opening"),
    ]


class QuestionViewSet(RegisterViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["label", "kind", "purpose", "retention_days"]
    list_filter = ["kind"]
    search_fields = ["label"]
    ordering = ["label"]
    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("retention_days")]),
        FieldPanel("choices"),
        FieldPanel("help"),
        FieldPanel("purpose"),
        InlinePanel("texts", label=_("In another language")),
    ]


class StepsViewSet(RegisterViewSet):
    """Rows that are read here and changed by the `steps` on the page of each; there is no form for them."""

    steps: ClassVar[Mapping[str, type[View]]]
    inspect_view_enabled = True
    form_fields = ["contact_name"]
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[URLPattern]:
        readable = {"index", "index_results", "inspect", "history", "history_results"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in readable),
            *(path(f"{name}/<int:pk>/", view.as_view(), name=name) for name, view in self.steps.items()),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name"))
        return {**super().get_common_view_kwargs(**kwargs), **absent}

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_history_view_kwargs(**kwargs), "edit_url_name": self.get_url_name("inspect")}

    @property
    def url_finder_class(self) -> Any:
        return type("StepsURLFinder", (super().url_finder_class,), {"edit_url_name": self.get_url_name("inspect")})


class EnrolmentViewSet(StepsViewSet):
    """Read here; changed by the steps on the page of a request."""

    model = Enrolment
    icon = "user"
    menu_label = _("Requests")
    index_view_class = requests.EnrolmentIndex
    inspect_view_class = requests.EnrolmentInspect
    inspect_template_name = "enrolment/desk/request.html"
    steps = requests.STEPS
    list_display = [
        "names",
        "edition",
        "state",
        Column("confirmed_at", label=_("Confirmed"), sort_key="confirmed_at"),
        "requested_at",
        "reach",
        "language",
        "channel",
        "receipt_code",
    ]
    search_fields = [
        "receipt_code",
        "contact_name",
        "email",
        "phone",
        "participants__name",
        "participants__name_own_script",
    ]
    ordering = ["-id"]
    list_export = ["receipt_code", "edition", "get_state_display", "requested_at", "names", "contact_name", "email", "phone", "language", "get_channel_display"]  # fmt: skip
    export_headings = {
        "names": _("Who"),
        "get_state_display": _("State"),
        "get_channel_display": _("Channel"),
    }
    export_filename = "requests"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("receipt/<int:pk>/", requests.ReceiptView.as_view(), name="receipt"),
            path("desk/<int:pk>/", requests.DeskView.as_view(), name="desk"),
            path("close/<int:pk>/", demand.CloseListView.as_view(), name="close_list"),
        ]


class InterestViewSet(StepsViewSet):
    """Who wants to be told first of the next edition, and who is to be called."""

    model = Interest
    icon = "mail"
    menu_label = _("To tell first")
    index_view_class = demand.InterestIndex
    inspect_view_class = demand.InterestInspect
    inspect_template_name = "enrolment/desk/interest.html"
    steps = demand.STEPS
    filterset_class = demand.InterestFilters
    list_display = [
        "reach", "contact_name", "course", Column("state", label=_("State"), accessor=demand.state_of), "edition", "asked_at", "language",
    ]  # fmt: skip
    search_fields = ["contact_name", "email", "phone"]
    ordering = ["asked_at"]
    list_export = ["course", "state", "contact_name", "email", "phone", "language", "asked_at"]
    export_headings = {"state": _("State")}
    export_filename = "to-tell-first"


class SelectionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(f"enrolment.{action}_enrolment") for action in selection.MAY_SEE)


class SelectionViewSet(ViewSet):
    """Where assessors work, who see nothing else; and the desk, which decides."""

    icon = "tasks"
    menu_label = _("Selections")
    menu_item_class = SelectionMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", selection.SelectionsView.as_view(), name="index"),
            path("<int:pk>/", selection.PartiesView.as_view(), name="parties"),
            path("<int:pk>/decide/", selection.DecideView.as_view(), name="decide"),
            path("assess/<int:pk>/", selection.AssessView.as_view(), name="assess"),
            path("assess/<int:pk>/aside/", selection.StepAsideView.as_view(), name="step_aside"),
        ]


class EnrolmentGroup(ModelViewSetGroup):
    menu_label = _("Courses and places")
    menu_icon = "calendar-check"
    menu_order = 310
    items = (
        EditionViewSet("enrolment_edition"),
        EnrolmentViewSet("enrolment_request"),
        InterestViewSet("enrolment_interest"),
        CourseViewSet("enrolment_course"),
        QuestionViewSet("enrolment_question"),
        LetterTextViewSet("enrolment_letter"),
        SelectionViewSet("enrolment_selection"),
    )


class TaughtMenuItem(MenuItem):
    """For teachers, who see nothing else of the register. Staff find the same editions in the list of all."""

    def __init__(self) -> None:
        super().__init__(
            _("My courses"),
            reverse_lazy("enrolment_edition:taught"),
            name="taught",
            icon_name="calendar-alt",
            order=310,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("enrolment.teach_edition") and not request.user.has_perm("enrolment.view_edition")
