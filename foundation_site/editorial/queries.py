from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail_localize.models import StringSegment, StringTranslation, Translation


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
