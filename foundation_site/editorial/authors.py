"""Whose work a version is."""

from typing import Any

from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringTranslation


def is_author(content: Any, user: Any) -> bool:
    return user.pk in authors_of(content)


def authors_of(content: Any) -> set[int]:
    """Who wrote the latest version, who submitted it, and who translated last."""
    found = {revision.user_id for revision in [content.get_latest_revision()] if revision}
    state = content.current_workflow_state
    if state:
        found.add(state.requested_by_id)
        if state.current_task_state and state.current_task_state.revision:
            found.add(state.current_task_state.revision.user_id)
    if isinstance(content, TranslatableMixin):
        found.add(last_translator_id(content))
    return found - {None}


def last_translator_id(content: Any) -> int | None:
    latest = StringTranslation.objects.filter(context__object_id=content.translation_key, locale_id=content.locale_id)
    return latest.order_by("-updated_at").values_list("last_translated_by_id", flat=True).first()
