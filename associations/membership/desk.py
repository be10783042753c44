"""The views of the desk: read an application with its papers, and take the steps of the review. Who may do so is asked of
one policy, that of the application's model; the reading is written down."""

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.private_files import serve_private
from foundation_site.core.registers import RegisterIndex

from .domain.admit import admit
from .domain.ask_completion import ask_completion
from .domain.leave import leave
from .domain.refuse import refuse
from .domain.review import review
from .enums import ApplicationState
from .forms import AdmitForm, AskForm, RefuseForm
from .models import Application, Membership
from .queries import answer_due, missing_papers


class MembersIndex(RegisterIndex):
    """A list whose download is written down."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.is_export:
            log(
                instance=self.request.user,
                action="membership.exported",
                data={"what": str(self.model._meta.verbose_name_plural)},
            )
        return super().render_to_response(context, **kwargs)


class AssociationIndex(MembersIndex):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("communities", "languages", "fields", "memberships")


class MembershipEdit(EditView):
    """Whoever writes the last day of a membership ends it, by the verb that says so in its history."""

    def save_instance(self) -> Membership:
        until = self.form.cleaned_data["until"] if "until" in self.form.changed_data else None
        if until:
            self.form.instance.until = None
        membership: Membership = super().save_instance()
        return leave(membership, until=until, by=self.request.user) if until else membership


class ApplicationIndex(MembersIndex):
    """Applications come from the site and change by the steps of the review: nobody adds or edits them here."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().exclude(state=ApplicationState.DRAFT).select_related("reviewer")

    def get_edit_url(self, instance: Application) -> None:
        return None

    def get_add_url(self) -> None:
        return None

    def get_copy_url(self, instance: Application) -> None:
        return None

    def get_delete_url(self, instance: Application) -> None:
        return None


class ReviewView(InspectView):
    """One application as the desk reads it. That it was read, and by whom, is written in its history."""

    template_name = "membership/desk/review.html"

    def get_page_title(self) -> str:
        return gettext("Application")

    def get_object(self, queryset: Any = None) -> Application:
        applications = Application.objects.exclude(state=ApplicationState.DRAFT)
        return get_object_or_404(applications.select_related("reviewer", "decided_by", "association"), pk=self.pk)

    def get_edit_url(self) -> None:
        return None

    def get_delete_url(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log(instance=self.object, action="membership.application_viewed", user=self.request.user)
        application = self.object
        context = super().get_context_data(**kwargs)
        context |= {
            "application": application,
            "documents": application.documents.select_related("file"),
            "missing_papers": missing_papers(application),
            "due": answer_due(application),
            "history": log_registry.get_logs_for_instance(application).select_related("user")[:50],
            "steps": self.steps(application) if self.user_has_permission("change") else [],
            "own_review": application.reviewer_id == self.request.user.pk,
        }
        return context

    def steps(self, application: Application) -> list[dict[str, Any]]:
        """What can be done now, each with its form."""
        return [
            {
                "label": view.label,
                "danger": view.danger,
                "form": view.form_class(prefix=name),
                "url": reverse(f"application:{name}", args=[application.pk]),
            }
            for name, view in STEPS.items()
            if application.state in view.states
            and not (view.decides and application.reviewer_id == self.request.user.pk)
        ]

    def get_fields(self) -> list[str]:
        return []


class StepView(PermissionCheckedMixin, View):
    """One step of the review: form, one call of the domain, message, back to the application."""

    model = Application
    permission_required = "change"
    http_method_names = ["post"]
    name: ClassVar[str]
    label: ClassVar[Any]
    done: ClassVar[Any]
    danger: ClassVar[bool] = False
    decides: ClassVar[bool] = False  # four eyes: not offered to whoever reviews
    states: ClassVar[tuple[str, ...]] = (ApplicationState.IN_REVIEW,)
    form_class: ClassVar[type[Form]] = Form

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = get_object_or_404(Application, pk=pk)
        form = self.form_class(request.POST, prefix=self.name)
        if form.is_valid():
            try:
                self.act(application, by=request.user, now=timezone.now(), **form.cleaned_data)
            except RuleViolation as error:
                messages.error(request, str(error))
            else:
                messages.success(request, self.done)
        else:
            for field, errors in form.errors.items():
                messages.error(request, f"{form[field].label}: {' '.join(map(str, errors))}")
        return redirect("application:inspect", pk)

    def act(self, application: Application, **kwargs: Any) -> Any:
        raise NotImplementedError


class TakeView(StepView):
    name = "review"
    label = _("Take it in review")
    done = _("The application is yours to review. A colleague takes the decision.")
    states = (ApplicationState.RECEIVED,)

    def act(self, application: Application, **kwargs: Any) -> Any:
        return review(application, **kwargs)


class AskView(StepView):
    name = "ask"
    label = _("Ask for what is missing")
    done = _("The association has been asked for it.")
    form_class = AskForm

    def act(self, application: Application, **kwargs: Any) -> Any:
        return ask_completion(application, **kwargs)


class AdmitView(StepView):
    name = "admit"
    label = _("Admit")
    decides = True
    done = _("Admitted. The association has been told, and a page about it is drafted.")
    form_class = AdmitForm

    def act(self, application: Application, **kwargs: Any) -> Any:
        return admit(application, **kwargs)


class RefuseView(StepView):
    name = "refuse"
    label = _("Refuse")
    done = _("Refused. The association has been told the reason.")
    danger = True
    decides = True
    states = (ApplicationState.IN_REVIEW, ApplicationState.COMPLETION_ASKED)
    form_class = RefuseForm

    def act(self, application: Application, **kwargs: Any) -> Any:
        return refuse(application, **kwargs)


STEPS: dict[str, type[StepView]] = {view.name: view for view in (TakeView, AskView, AdmitView, RefuseView)}


class DocumentView(PermissionCheckedMixin, View):
    """One paper of one application, for those who may read it; the store writes the reading down."""

    model = Application
    any_permission_required = ["change", "view"]

    def get(self, request: HttpRequest, pk: int, document: int) -> HttpResponse:
        application = get_object_or_404(Application.objects.exclude(state=ApplicationState.DRAFT), pk=pk)
        paper = application.documents.select_related("file").filter(pk=document).first()
        if paper is None:
            raise Http404
        return serve_private(paper.file, about=application, what=paper.kind, user=request.user)
