"""Menu and footer, arranged by editors once per language: translatable snippets, because site settings cannot be translated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField

from .blocks.link import LinkBlock
from .fields import StreamField


class MenuItemBlock(StructBlock):
    link = LinkBlock(label=_("Link"))
    children = ListBlock(
        LinkBlock(), label=_("Below it"), default=[], help_text=_("Empty: a plain link. Otherwise a menu that opens.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Menu entry")


class FooterColumnBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    links = ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class OnePerLanguage(TranslatableMixin, models.Model):
    """Something of which each language has exactly one."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["locale"], name="one_%(class)s_per_language")]

    def clean(self) -> None:
        super().clean()
        if type(self).objects.filter(locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(_("This language has one already: change that one."))


class Navigation(OnePerLanguage):
    """The main menu."""

    items = StreamField([("item", MenuItemBlock())], verbose_name=_("entries"), blank=True)

    panels = [FieldPanel("items")]
    translatable_fields = [TranslatableField("items")]

    class Meta(OnePerLanguage.Meta):
        verbose_name = _("main menu")
        verbose_name_plural = _("main menus")

    def __str__(self) -> str:
        return str(_("Main menu"))


class Footer(OnePerLanguage):
    """The columns at the foot of every page."""

    columns = StreamField([("column", FooterColumnBlock())], verbose_name=_("columns"), blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("One or two sentences about the foundation."))

    panels = [FieldPanel("columns"), FieldPanel("text")]
    translatable_fields = [TranslatableField("columns"), TranslatableField("text")]

    class Meta(OnePerLanguage.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")

    def __str__(self) -> str:
        return str(_("Footer"))
