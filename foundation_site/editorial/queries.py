from datetime import date

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.models import get_page_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from foundation_site.core.pages import BasePage


def unfinished_translations() -> QuerySet[Translation]:
    """Translations with sentences to do, annotated with how many (`missing`). One query."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef(OuterRef("target_locale_id")),
        has_error=False,
    )
    missing = (
        StringSegment.objects.filter(~Exists(done), source_id=OuterRef("source_id"))
        .order_by()
        .values("source_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Translation.objects.filter(enabled=True)
        .annotate(missing=Coalesce(Subquery(missing, output_field=IntegerField()), Value(0)))
        .filter(missing__gt=0)
        .select_related("source", "target_locale")
    )


def due_for_review(day: date) -> list[BasePage]:
    """Published pages of the source language to be looked at again by this day. One query for each page type."""
    return [
        page
        for model in get_page_models()
        if issubclass(model, BasePage)
        for page in model.objects.live()
        .filter(review_on__lte=day, locale__language_code=settings.LANGUAGE_CODE)
        .select_related("owner")
        .defer("body")
    ]
