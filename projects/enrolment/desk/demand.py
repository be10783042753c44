"""The desk of the demand: closing a waiting list, and who is to be told first of a next edition or called about it."""

from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.registers import RegisterIndex

from ..domain.interest import take_out
from ..domain.tell_first import called
from ..domain.turn_away import turn_away
from ..enums import InterestState
from ..forms import CloseListForm
from ..models import Course, Edition, Enrolment, Interest
from ..queries import with_interests, with_places, with_state
from .requests import PersonalIndex

# The waiting list


class CloseListView(PermissionCheckedMixin, View):
    """Say why nobody who waits can have a place any more; each is written to."""

    model = Enrolment
    permission_required = "change"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(with_places(Edition.objects.select_related("course")), pk=kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(CloseListForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CloseListForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            told = turn_away(self.edition, now=timezone.now(), by=request.user, reason=form.cleaned_data["reason"])
        except RuleViolation as refused:
            form.add_error(None, refused)
            return self.show(form)
        sentence = ngettext(
            "The waiting list is closed; %(told)s request was told.",
            "The waiting list is closed; %(told)s requests were told.",
            told,
        )
        messages.success(request, sentence % {"told": told})
        return redirect("enrolment_edition:index")

    def show(self, form: CloseListForm) -> HttpResponse:
        title = gettext("Close the waiting list")
        context = {
            "form": form,
            "edition": self.edition,
            "header_title": title,
            "page_title": title,
            "page_subtitle": str(self.edition),
            "header_icon": "cross",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": reverse("enrolment_edition:index"), "label": gettext("Editions")},
                {"url": "", "label": title, "sublabel": str(self.edition)},
            ],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(self.request, "enrolment/desk/close_list.html", context, status=status)


# Who wants to be told first


class CourseIndex(RegisterIndex):
    """Each course with how many want to be told first of its next edition, and how many are to be called."""

    def get_base_queryset(self) -> QuerySet[Course]:
        return with_interests(super().get_base_queryset())

    def get_list_more_buttons(self, instance: Course) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("enrolment.view_interest"):
            url = f"{reverse('enrolment_interest:index')}?course={instance.pk}"
            buttons.append(Button(gettext("To tell first"), url=url, icon_name="mail", priority=40))
        return buttons


def state_of(interest: Any) -> str:
    """In words, of a wish that knows its state (see queries.with_state)."""
    return str(InterestState(interest.state).label)


class InterestFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=InterestState.choices)

    class Meta:
        model = Interest
        fields = ["course", "language"]


class InterestIndex(PersonalIndex):
    def get_base_queryset(self) -> QuerySet[Interest]:
        return with_state(super().get_base_queryset()).select_related("course", "edition__course")


class InterestInspect(InspectView):
    """One wish, with the steps that can be taken now."""

    template_name = "enrolment/desk/interest.html"

    def get_page_title(self) -> str:
        return gettext("Wish to be told first")

    def get_object(self, queryset: Any = None) -> Interest:
        return get_object_or_404(with_state(Interest.objects.select_related("course", "edition__course")), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        url = reverse("enrolment_interest:history", args=[self.object.pk])
        return [HeaderButton(gettext("History"), url=url, icon_name="history")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        interest = self.object
        log(instance=interest, action="enrolment.viewed", user=self.request.user)
        steps = STEPS.items() if self.user_has_permission("change") else []
        return super().get_context_data(**kwargs) | {
            "interest": interest,
            "state": state_of(interest),
            "steps": [
                {
                    "label": step.label,
                    "danger": step.danger,
                    "url": reverse(f"enrolment_interest:{name}", args=[interest.pk]),
                }
                for name, step in steps
                if interest.state in step.states
            ],
        }


class InterestStep(PermissionCheckedMixin, View):
    """One verb for one wish: call, message, back to the list."""

    model = Interest
    permission_required = "change"
    http_method_names = ["post"]
    label: ClassVar[Any]
    done: ClassVar[Any]
    danger: ClassVar[bool] = False
    states: ClassVar[tuple[str, ...]] = tuple(InterestState.values)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.take(get_object_or_404(Interest, pk=pk))
        messages.success(request, self.done)
        return redirect("enrolment_interest:index")

    def take(self, interest: Interest) -> None:
        raise NotImplementedError


class CalledStep(InterestStep):
    label = _("I have called and told the person")
    done = _("Noted. The number is deleted in the next night.")
    states = (InterestState.TO_CALL,)

    def take(self, interest: Interest) -> None:
        called(interest, now=timezone.now(), by=self.request.user)


class TakeOutStep(InterestStep):
    label = _("Delete this wish")
    done = _("Deleted.")
    danger = True

    def take(self, interest: Interest) -> None:
        take_out(interest, by=self.request.user)


STEPS: dict[str, type[InterestStep]] = {"called": CalledStep, "take_out": TakeOutStep}
