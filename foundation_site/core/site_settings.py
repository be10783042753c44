from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page


class Palette(models.TextChoices):
    """The colours of the site: sets in which every text has been measured to stand out enough (WCAG 2.2 AA)."""

    TEAL = "teal", _("Teal")
    PLUM = "plum", _("Plum")
    BRICK = "brick", _("Brick")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Who the foundation is, once for all languages."""

    name = models.CharField(_("name of the foundation"), max_length=100, default="Fondazione")
    city = models.CharField(_("city"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    tax_code = models.CharField(
        _("tax code"),
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"^\d{11}$", _("A tax code has 11 digits."))],
    )
    facebook = models.URLField("Facebook", blank=True)
    instagram = models.URLField("Instagram", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    logo = models.ForeignKey(
        "core.FoundationImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Shown in the header instead of the mark."),
    )  # fmt: skip
    social_image = models.ForeignKey(
        "core.FoundationImage", verbose_name=_("picture for links"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Shown where somebody shares a page that has no picture of its own."),
    )  # fmt: skip
    palette = models.CharField(
        _("colours"), max_length=10, choices=Palette, default=Palette.TEAL,
        help_text=_("Each set has enough contrast everywhere; that is why colours are not free."),
    )  # fmt: skip

    accessibility_page = models.ForeignKey(
        Page, verbose_name=_("accessibility statement"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("At the foot of every page."),
    )  # fmt: skip
    privacy_page = models.ForeignKey(
        Page, verbose_name=_("privacy policy"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("At the foot of every page, and wherever somebody is asked for personal data."),
    )  # fmt: skip
    joining_page = models.ForeignKey(
        Page, verbose_name=_("how to join"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Where associations read what membership brings. Empty: they are led straight to the application."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("city"), FieldPanel("tax_code")], _("Foundation")),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("address")], _("Contacts")),
        MultiFieldPanel([FieldPanel("facebook"), FieldPanel("instagram"), FieldPanel("youtube")], _("Social media")),
        MultiFieldPanel(
            [FieldPanel("accessibility_page"), FieldPanel("privacy_page"), FieldPanel("joining_page")],
            _("Pages that others lead to"),
            help_text=_("Choose the Italian page: readers are led to it in their language."),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("social_image"), FieldPanel("palette")], _("Looks")),
    ]
    select_related = ["logo", "social_image"]

    class Meta:
        verbose_name = _("the foundation")

    @property
    def social_links(self) -> list[tuple[str, str]]:
        """Name and address of each social account that is filled in."""
        accounts = [("Facebook", self.facebook), ("Instagram", self.instagram), ("YouTube", self.youtube)]
        return [(name, url) for name, url in accounts if url]
