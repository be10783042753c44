from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.strings import StringValue

from .lengths import max_length
from .setup import grant_pages


@receiver(copy_for_translation_done)
def grant_new_language(target_obj: Any, **_kwargs: Any) -> None:
    """The front page of a new language gets the permissions of the others."""
    if isinstance(target_obj, Page) and target_obj.depth == 2:
        grant_pages()


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
