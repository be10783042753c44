"""What the tests of editorial work share, beside fixtures."""

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

HOME_TEXTS = {"title": "المؤسسة", "hero_title": "مدينة للجميع", "search_description": "المؤسسة."}
ABOUT_TEXTS = {
    "title": "من نحن",
    "introduction": "مؤسسة المدينة.",
    "search_description": "تاريخنا.",
    "body": [("text", "<p>تأسسنا عام 2010.</p><p>نعمل مع الجميع.</p>")],
}


def translation_of(instance, locale):
    return Translation.objects.get(source__object_id=instance.translation_key, target_locale=locale)


def translate(translation, texts, user):
    """What the translation editor stores, sentence by sentence, when somebody types: by source sentence."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data in texts:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={
                    "data": texts[segment.string.data], "translation_type": "manual",
                    "last_translated_by": user, "has_error": False, "field_error": "",
                },
            )  # fmt: skip


def change_and_sync(page, **fields):
    """An Italian page is changed and published, and its new sentences reach the translators."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    TranslationSource.objects.get_for_instance(page).update_from_db()
