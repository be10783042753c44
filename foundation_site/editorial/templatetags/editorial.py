import json
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.models import Page, WorkflowState

from foundation_site.editorial.models import FourEyesApprovalTask

register = template.Library()


# Where the translation editor begins, below the header of the page.
EDITOR = '<div class="js-translation-editor"'


@register.simple_tag
def without_alias_button(props: str) -> str:
    """The translation editor's settings without “Convert to alias page”, which this site refuses."""
    settings = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    return json.dumps(settings)


@register.simple_tag(takes_context=True)
def with_review_bar(context: Any, editor: str, translation: Any, page: Any) -> str:
    """The package's editor with the bar between its header and its sentences."""
    bar = render_to_string("editorial/review_bar.html", review_bar(context, translation, page))
    before, marker, after = editor.partition(EDITOR)
    return mark_safe(f"{before}{bar}{marker}{after}")


def review_bar(context: Any, translation: Any, page: Any) -> dict[str, Any]:
    """Where a translation stands, and what comes next."""
    if not isinstance(page, Page):
        return {"is_page": False}
    total, translated = translation.get_progress()
    state = page.current_workflow_state
    task_state = state.current_task_state if state else None
    task = page.current_workflow_task
    in_review = bool(task)
    lock = page.get_lock()
    return {
        "is_page": True,
        "translation": translation,
        "total": total,
        "missing": total - translated,
        "in_review": in_review,
        "sent_back": bool(state and state.status == WorkflowState.STATUS_NEEDS_CHANGES),
        "comment": task_state.comment if task_state else "",
        "asked_by": state.requested_by if state else None,
        "can_submit": translated == total
        and page.has_workflow
        and not (lock and lock.for_user(context["request"].user)),
        "can_review": in_review
        and isinstance(task, FourEyesApprovalTask)
        and bool(task.get_actions(page, context["request"].user)),
        "csrf_token": context.get("csrf_token"),
    }
