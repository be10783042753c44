"""What is asked before an editor opens, and said after an action. Registered in wagtail_hooks."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from foundation_site.users.models import User

from .follow import followers
from .models import FourEyesApprovalTask
from .translations import keep_hand_edits
from .views import send_to_review


def publish_becomes_submit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """“Publish” in the translation editor sends to review, also when it comes from an old window or a script."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not page.has_workflow:
        return None
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    return send_to_review(request, translation, page) if translation else None


def restart_keeps_hand_edits(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation that was stopped and edited by hand starts again with those edits, or not at all."""
    if request.method != "POST" or "localize-restart-translation" not in request.POST:
        return None
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=False
    ).first()
    if translation and keep_hand_edits(translation, page, request.user):
        messages.error(
            request,
            _(
                "The page has been changed by hand so much that its sentences no longer match the Italian ones. Undo that first."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def say_why_not_to_approve(request: HttpRequest, page: Page) -> None:
    """An approver who wrote the latest version learns why her button is missing."""
    if request.method != "GET":
        return
    task = page.current_workflow_task
    if isinstance(task, FourEyesApprovalTask) and task.withholds_approval(page, request.user):
        messages.info(
            request, _("You wrote, translated or submitted the latest version: somebody else must approve it.")
        )


def keep_to_page_actions(menu_items: list[Any], _request: HttpRequest, _context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


def count_what_goes_offline(pages: Iterable[Page], action: str) -> dict[Page, Any]:
    """Said where somebody is asked whether to unpublish: how many translations go with the page."""
    return {page: followers(page).live().filter(alias_of=None) for page in pages if action == "unpublish"}


def say_what_went_offline(request: HttpRequest, *pages: Page) -> None:
    if any(followers(page).exists() for page in pages):
        messages.info(request, _("The translations are offline too; each comes back when it is published again."))


def say_what_went_offline_in_bulk(request: HttpRequest, action: str, objects: Iterable[Any], _view: Any) -> None:
    if action in ("unpublish", "delete"):
        say_what_went_offline(request, *(one for one in objects if isinstance(one, Page)))


def leave_superusers_alone(request: HttpRequest, _action: str, objects: Iterable[Any], _view: Any) -> None:
    """Accounts of superusers are not switched off or given roles in bulk by others."""
    if not request.user.is_superuser and any(isinstance(one, User) and one.is_superuser for one in objects):
        raise PermissionDenied
