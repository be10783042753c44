from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

NAMES_KEY = "core.topics"
NAMES_SECONDS = 300


class Topic(TranslatableMixin, models.Model):
    """What a page is about, from the vocabulary of 22 topics of the intercultural cities' network.

    Pages point at the Italian topic in every language (a fact, synchronised); readers see its name in theirs.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    translatable_fields = [
        TranslatableField("name"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_topic_per_slug_and_language")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def names(cls, language: str | None = None) -> dict[str, str]:
        """Slug to name of all topics in a language, in order; a name that is missing there is the Italian one. Cached."""
        language = language or get_language() or settings.LANGUAGE_CODE
        found = cache.get(NAMES_KEY)
        if found is None:
            found = list(cls.objects.order_by("order").values_list("slug", "name", "locale__language_code"))
            cache.set(NAMES_KEY, found, NAMES_SECONDS)
        names = {slug: name for slug, name, code in found if code == settings.LANGUAGE_CODE}
        return names | {slug: name for slug, name, code in found if code == language}
