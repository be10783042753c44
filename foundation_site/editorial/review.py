"""The road of a translation: stored sentence by sentence, sent to review as a version, approved, published."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation, TranslationLog
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from foundation_site.core.errors import RuleViolation


def submit_for_review(translation: Translation, *, user: Any) -> WorkflowState:
    """Save the translation as a version that readers do not see, and ask the approvers for it.

    The page as it is published stays as it is, also when it is an update of a live page.
    """
    page = translation.get_target_instance()
    refuse_unless_ready(translation, page, user)
    with transaction.atomic():
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        try:
            revision = draft.save_revision(user=user, log_action=True)
        except ValidationError as error:
            raise RuleViolation(error.messages) from error
        TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
        return ask_approvers(page, user)


def refuse_unless_ready(translation: Translation, page: Any, user: Any) -> None:
    if not isinstance(page, Page):
        raise RuleViolation(_("Only pages go through review."))
    total, translated = translation.get_progress()
    if translated < total:
        message = ngettext(
            "%(number)d sentence is not translated yet, or has an error.",
            "%(number)d sentences are not translated yet, or have an error.",
            total - translated,
        )
        raise RuleViolation(message % {"number": total - translated})
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise RuleViolation(_("The page is with the approvers, or locked. Ask them to send it back."))
    if not page.has_workflow:
        raise RuleViolation(_("No workflow is assigned to this page. An administrator can do it in the settings."))


def ask_approvers(page: Page, user: Any) -> WorkflowState:
    """A page that was sent back returns to the same desk; one that is still there starts anew with its latest version."""
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return state
    if state:
        state.cancel(user=user)
    workflow = page.get_workflow()
    return workflow.start(page, user)


@dataclass(frozen=True)
class Sentence:
    """One sentence in the source, as it is proposed, and as readers see it now."""

    source: str
    proposed: str
    live: str

    @property
    def changed(self) -> bool:
        return self.proposed != self.live


def side_by_side(translation: Translation, page: Page) -> list[Sentence]:
    """Every sentence of the latest version, in the order of the page, beside its source."""
    proposed = texts_by_path(page.get_latest_revision_as_object())
    live = texts_by_path(page) if page.live else {}
    rows = translation.source.stringsegment_set.select_related("string", "context").order_by("order")
    positions: dict[str, int] = defaultdict(int)
    sentences = []
    for row in rows:
        path = row.context.path
        position = positions[path]
        positions[path] += 1
        sentences.append(
            Sentence(plain(row.string.as_value()), text_at(proposed, path, position), text_at(live, path, position))
        )
    return sentences


def texts_by_path(instance: Any) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(plain(segment.string))
    return texts


def text_at(texts: dict[str, list[str]], path: str, position: int) -> str:
    found = texts.get(path, [])
    return found[position] if position < len(found) else ""


def plain(string: Any) -> str:
    return string.render_text()
