from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import GroupPagePermission, Page

from .queries import due_for_review, unfinished_translations

SHOWN = 10


class ToTranslatePanel(Component):
    """On the dashboard: pages with sentences to translate, in the languages that the reader of it may edit."""

    name = "to_translate"
    template_name = "editorial/to_translate_panel.html"
    order = 230  # below what waits for approval

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm("wagtail_localize.submit_translation"):
            return {"rows": []}
        translations = {(row.source.object_id, row.target_locale_id): row for row in unfinished_translations()}
        keys = {key for key, _locale in translations}
        rows = []
        for page in editable_pages(user).filter(translation_key__in=keys).select_related("locale"):
            translation = translations.get((page.translation_key, page.locale_id))
            if translation:
                rows.append({"page": page, "translation": translation})
        rows.sort(key=lambda row: row["translation"].missing)
        return {"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0)}


class ToReviewPanel(Component):
    """On the dashboard: pages whose day to be looked at again has come; one's own first, then those of others that one may edit."""

    name = "to_review"
    template_name = "editorial/to_review_panel.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        mine = set(editable_pages(user).values_list("pk", flat=True))
        due = [page for page in due_for_review(timezone.localdate()) if page.pk in mine]
        due.sort(key=lambda page: (page.owner_id != user.pk, page.review_on))
        return {"pages": due[:SHOWN], "more": max(len(due) - SHOWN, 0)}


def editable_pages(user: Any) -> Any:
    pages = Page.objects.filter(alias_of=None)
    if user.is_superuser:
        return pages
    granted = GroupPagePermission.objects.filter(group__user=user, permission__codename="change_page").select_related(
        "page"
    )
    found = Page.objects.none()
    for permission in granted:
        found |= pages.descendant_of(permission.page, inclusive=True)
    return found
