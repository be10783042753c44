from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue, TextBlock

from ..languages import Language, language

# Languages that people of the city speak, beyond those of the site.
QUOTE_LANGUAGES = [
    ("it", "Italiano"), ("ar", "العربية"), ("en", "English"), ("fr", "Français"), ("es", "Español"), ("sq", "Shqip"),
    ("uk", "Українська"), ("ru", "Русский"), ("zh-hans", "中文"), ("pa", "ਪੰਜਾਬੀ"), ("ur", "اردو"), ("ro", "Română"),
    ("ta", "தமிழ்"), ("tw", "Twi"), ("wo", "Wolof"), ("ka", "ქართული"), ("am", "አማርኛ"), ("ti", "ትግርኛ"), ("pt", "Português"),
    ("pl", "Polski"),
]  # fmt: skip
RIGHT_TO_LEFT = {"ar", "ur", "fa", "he"}


class QuoteValue(StructValue):
    @property
    def language_info(self) -> Language:
        code = self["language"]
        known = language(code)
        return Language(code, dict(QUOTE_LANGUAGES).get(code, known.name), "rtl" if code in RIGHT_TO_LEFT else "ltr")


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Words quoted"), rows=3)
    language = ChoiceBlock(
        label=_("Language of the words"), choices=QUOTE_LANGUAGES, default="it",
        help_text=_("So that screen readers pronounce it and browsers write it in the right direction."),
    )  # fmt: skip
    source = CharBlock(label=_("Who said or wrote it"), required=False, max_length=200)
    translation = TextBlock(
        label=_("Translation"), required=False, rows=3, help_text=_("In the language of this page.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, also in another language, with a translation.")
        template = "blocks/quote.html"
        value_class = QuoteValue
        preview_value = {
            "text": "الجار قبل الدار",
            "language": "ar",
            "source": "Proverbio",
            "translation": "Prima il vicino, poi la casa",
        }
