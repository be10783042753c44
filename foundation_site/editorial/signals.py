from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.strings import StringValue

from .follow import follow, keep_at_source, take_translations_offline
from .lengths import max_length
from .redirects import leave_redirects, take_address
from .setup import grant_pages


@receiver(copy_for_translation_done)
def grant_new_language(target_obj: Any, **_kwargs: Any) -> None:
    """The front page of a new language gets the permissions of the others."""
    if isinstance(target_obj, Page) and target_obj.depth == 2:
        grant_pages()


@receiver(page_slug_changed)
def translations_follow_the_slug(instance: Page, instance_before: Page, **_kwargs: Any) -> None:
    leave_redirects(instance, instance_before.url_path)
    follow(instance)


@receiver(post_page_move)
def translations_follow_the_move(instance: Page, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    if url_path_before != url_path_after:  # not where it only changes places with its neighbours
        leave_redirects(instance, url_path_before)
        follow(instance)


@receiver(page_published)
def address_is_taken(instance: Page, **_kwargs: Any) -> None:
    take_address(instance)


@receiver(page_unpublished)
@receiver(pre_delete, sender=Page)  # also a draft that is deleted: its translations may have been published without it
def translations_go_offline(instance: Page, **_kwargs: Any) -> None:
    take_translations_offline(instance)


@receiver(post_save, sender=PageViewRestriction)
def restriction_is_kept_at_the_source(instance: PageViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        keep_at_source(instance)


@receiver(post_save, sender=StringTranslation)
def mark_what_is_too_long(instance: StringTranslation, raw: bool = False, **_kwargs: Any) -> None:
    """Say it beside the sentence as soon as it is stored, whether typed, imported or machine-made."""
    if raw or instance.has_error or not instance.context or not instance.context.field_path:
        return
    source = (
        TranslationSource.objects.filter(object_id=instance.context.object_id)
        .select_related("specific_content_type")
        .first()
    )
    model = source.specific_content_type.model_class() if source else None
    limit = max_length(model, instance.context.field_path) if model else None
    length = len(StringValue(instance.data).render_text())
    if limit and length > limit:
        instance.has_error = True
        instance.field_error = _("Too long: %(length)d characters, at most %(limit)d fit.") % {
            "length": length,
            "limit": limit,
        }
        StringTranslation.objects.filter(pk=instance.pk).update(has_error=True, field_error=instance.field_error)
