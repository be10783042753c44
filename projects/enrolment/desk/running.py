"""Running an edition: its page, and what is done from there. Staff see every edition, teachers only those that they teach."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.languages import language
from foundation_site.core.personal import private
from foundation_site.editorial.enums import Role

from ..attendance import counted, people_of, records
from ..domain.copy_edition import copy_edition
from ..domain.draw import draw
from ..enums import EditionStatus, EnrolmentMode
from ..forms import CopyForm
from ..models import Draw, Edition
from ..queries import is_over, meetings_of, people_by_state, with_dates, with_places

READ, WRITE = "enrolment.view_enrolment", "enrolment.change_enrolment"


class EditionView(WagtailAdminTemplateMixin, View):
    """A page or a button about one edition. It asks for a permission of staff; where `for_teachers`, the teachers of this very
    edition need none."""

    permission: ClassVar[str] = READ
    for_teachers: ClassVar[bool] = False
    header_icon = "calendar-alt"

    @method_decorator(private)  # type: ignore[arg-type]  # the stubs' views answer with HttpResponseBase
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.has_perm(self.permission) or (self.for_teachers and self.is_taught())):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_taught(self) -> bool:
        return taught_by(self.request.user).filter(pk=self.edition.pk).exists()

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(with_places(Edition.objects.select_related("course")), pk=self.kwargs["pk"])

    @cached_property
    def by_staff(self) -> bool:
        return bool(self.request.user.has_perm(READ))

    @property
    def url(self) -> str:
        return reverse("enrolment_edition:run", args=[self.edition.pk])

    def log_view(self) -> None:
        log(instance=self.edition, action="enrolment.viewed", user=self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = "enrolment_edition:index" if self.by_staff else "enrolment_edition:taught"
        return [
            *self.breadcrumbs_items,
            {"url": reverse(index), "label": gettext("Editions")},
            {"url": self.url, "label": str(self.edition)},
            *([{"url": "", "label": self.get_page_title()}] if self.get_page_title() else []),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"edition": self.edition, "by_staff": self.by_staff}


class RunView(EditionView):
    """The page that an edition is run from: how full it is, its meetings, who takes part and was there."""

    template_name = "enrolment/desk/edition.html"
    for_teachers = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.log_view()
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        meetings = counted(self.edition)
        return super().get_context_data(**kwargs) | {
            "meetings": meetings,
            "today": now.astimezone(self.edition.zone).date(),
            "over": is_over(meetings, now=now),
            "records": records(self.edition, now=now),
            **(self.staff_context() if self.by_staff else {}),
        }

    def staff_context(self) -> dict[str, Any]:
        user, edition = self.request.user, self.edition
        draws = edition.enrolment == EnrolmentMode.DRAW
        promised = Draw.objects.filter(edition=edition).first() if draws else None
        due = edition.draws_at is not None and edition.draws_at <= timezone.now()
        return {
            "people": people_by_state(edition),
            "may_write": user.has_perm(WRITE),
            "may_add": user.has_perm("enrolment.add_enrolment"),
            "may_copy": user.has_perm("enrolment.add_edition"),
            "may_change": user.has_perm("enrolment.change_edition"),
            "queue_url": f"{reverse('enrolment_request:index')}?edition={edition.pk}",
            "draw": promised,
            "draw_due": promised and not promised.drawn_at and due and edition.status == EditionStatus.PUBLISHED,
        }


class TaughtView(WagtailAdminTemplateMixin, View):
    """The way in for teachers: the editions that they teach."""

    template_name = "enrolment/desk/taught.html"
    page_title = _("My courses")
    header_icon = "calendar-alt"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"editions": taught_by(self.request.user)}


def taught_by(user: Any) -> QuerySet[Edition]:
    """Whoever leaves the group teaches nothing any more, wherever she is still named."""
    editions = Edition.objects.filter(teachers=user, teachers__groups__name=Role.TEACHERS)
    return with_dates(editions).select_related("course").order_by(F("first_date").desc(nulls_last=True), "-pk")


class SheetView(EditionView):
    """To print and hang up or hand round: names, and a box for each meeting."""

    for_teachers = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.log_view()
        meetings = [meeting for meeting in meetings_of(self.edition) if not meeting.cancelled]
        context = {
            "edition": self.edition,
            "people": people_of(self.edition),
            "meetings": meetings,
            "language": language(get_language() or settings.LANGUAGE_CODE),
        }
        return render(request, "enrolment/desk/sheet.html", context)


class CopyView(EditionView):
    """Asks what the next edition needs to be told apart; then it is edited like any other."""

    permission = "enrolment.add_edition"
    template_name = "enrolment/desk/form.html"
    page_title = _("Copy as next edition")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(CopyForm(edition=self.edition))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CopyForm(request.POST, edition=self.edition)
        if form.is_valid():
            try:
                copy = copy_edition(self.edition, **form.cleaned_data, now=timezone.now(), by=request.user)
            except RuleViolation as refused:
                form.add_error("first_day", refused)
            else:
                messages.success(request, gettext("This is a draft: look it over, then publish it."))
                return redirect("enrolment_edition:edit", copy.pk)
        return self.show(form)

    def show(self, form: CopyForm) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            submit=gettext("Copy"),
            explained=gettext(
                "Names, rules, places, venue and teachers are copied; meetings and enrolment move by whole weeks. Nothing of the people who took part."
            ),
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


class EditionStep(EditionView):
    """One verb for an edition: call, message, back."""

    permission = WRITE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            messages.success(request, self.take())
        except RuleViolation as refused:
            messages.error(request, str(refused))
        return redirect(self.url)

    def take(self) -> str:
        """Call the verb; returns the sentence for who pressed the button."""
        raise NotImplementedError


class DrawView(EditionStep):
    def take(self) -> str:
        draw(self.edition, now=timezone.now(), by=self.request.user)
        return gettext("The places are drawn, and everybody has been written to.")
