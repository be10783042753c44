"""Where a translation stands, and what comes next: the bar above its sentences."""

from typing import Any

from wagtail.models import Page, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from .models import FourEyesApprovalTask


def review_bar(translation: Translation, page: Page, user: Any) -> dict[str, Any]:
    total, translated = translation.get_progress()
    state = page.current_workflow_state
    task_state = state.current_task_state if state else None
    task = page.current_workflow_task
    lock = page.get_lock()
    published = page.live and not page.has_unpublished_changes
    settled = (published or bool(task)) and not changed_since_last_version(translation, page)
    return {
        "translation": translation,
        "missing": total - translated,
        "in_review": bool(task),
        "published": published and settled,
        "sent_back": bool(state and state.status == WorkflowState.STATUS_NEEDS_CHANGES),
        "comment": task_state.comment if task_state else "",
        "asked_by": state.requested_by if state else None,
        "can_submit": translated == total and page.has_workflow and not settled and not (lock and lock.for_user(user)),
        "can_review": isinstance(task, FourEyesApprovalTask) and bool(task.get_actions(page, user)),
    }


def changed_since_last_version(translation: Translation, page: Page) -> bool:
    """Whether a sentence, a choice or the Italian text is newer than what was last published or sent to review."""
    version = page.get_latest_revision()
    if version is None or translation.source.last_updated_at > version.created_at:
        return True
    here = {"locale_id": translation.target_locale_id, "context__object_id": translation.source.object_id}
    return any(
        model.objects.filter(**here, updated_at__gt=version.created_at).exists()
        for model in (StringTranslation, SegmentOverride)
    )
