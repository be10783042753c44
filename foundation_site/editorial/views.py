from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.views.edit_translation import user_can_edit_instance
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from foundation_site.core.errors import RuleViolation
from foundation_site.core.languages import language

from .asking import ask_for_translation, refuse_unless_source
from .bar import review_bar
from .models import FourEyesApprovalTask
from .review import side_by_side, submit_for_review


def translation_bar(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The bar alone, for the editor that has just stored a sentence."""
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not user_can_edit_instance(request.user, page):
        raise PermissionDenied
    return render(request, "editorial/review_bar.html", review_bar(translation, page, request.user))


@require_POST
def submit_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    page = translation.get_target_instance()
    if not user_can_edit_instance(request.user, page):
        raise PermissionDenied
    return send_to_review(request, translation, page)


def send_to_review(request: HttpRequest, translation: Translation, page: Any) -> HttpResponse:
    try:
        submit_for_review(translation, user=request.user)
    except RuleViolation as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The translation is with the approvers. Readers see it when one of them approves."))
    return redirect(get_edit_url(page))


def review_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Source, proposal and what readers see now, sentence by sentence, with the approvers' buttons below."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id
    )
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not user_can_edit_instance(request.user, page):
        raise PermissionDenied
    task = page.current_workflow_task
    context = {
        "translation": translation,
        "page": page,
        "sentences": side_by_side(translation, page),
        "source_language": language(translation.source.locale.language_code),
        "target_language": language(translation.target_locale.language_code),
        "task_state": page.current_workflow_task_state,
        "actions": {name for name, _label, _modal in task.get_actions(page, request.user)} if task else set(),
        "withheld": isinstance(task, FourEyesApprovalTask) and task.withholds_approval(page, request.user),
        "edit_url": get_edit_url(page),
    }
    return render(request, "editorial/review_translation.html", context)


# The translation package's own doors, with the rules of the house. They stand under the same addresses.


class AskForPageTranslation(SubmitPageTranslationView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        try:
            ask_for_translation(
                self.object, locales, user=self.request.user, with_descendants=form.cleaned_data["include_subtree"]
            )
        except RuleViolation as error:
            messages.error(self.request, str(error))
            return redirect(get_edit_url(self.object))
        messages.success(
            self.request, self.get_success_message(", ".join(locale.get_display_name() for locale in locales))
        )
        translated = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(translated))


class AskForSnippetTranslation(SubmitSnippetTranslationView):
    """These have no drafts: what is made here is live. So it takes the right to change them."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not user_can_edit_snippet_type(self.request.user, type(self.object)):
            raise PermissionDenied
        try:
            refuse_unless_source(self.object)
        except RuleViolation as error:
            messages.error(self.request, str(error))
            return redirect(get_edit_url(self.object))
        return super().form_valid(form)


class SyncForm(UpdateTranslationsForm):
    """Without its tick: publication takes the road of the workflow."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["publish_translations"] = forms.BooleanField(
            required=False, disabled=True, widget=forms.HiddenInput
        )


class SyncTranslations(UpdateTranslationsView):
    """New and changed Italian sentences reach the translators; the published translations stay as they are."""

    def get_form(self) -> forms.Form:
        if not issubclass(self.object.specific_content_type.model_class(), Page):
            return super().get_form()
        return SyncForm(self.request.POST) if self.request.method == "POST" else SyncForm()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        model = self.get_object().specific_content_type.model_class()
        if not issubclass(model, Page) and not user_can_edit_snippet_type(request.user, model):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refused: a copy that follows the Italian page shows Italian text under another language, with no approval."""
    messages.error(
        request,
        _(
            "A translation cannot become a copy of the Italian page. Unpublish it: readers are then offered the Italian one."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page_id)
