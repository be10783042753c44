"""Pictures and documents of the public site. What people entrust to us privately never comes here: private_files."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Licence(models.TextChoices):
    OWN = "own", _("Ours, all rights reserved")
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    PERMITTED = "permitted", _("Used with permission")


class FoundationImage(AbstractImage):
    """A picture with what its use asks for: a description or the word that it only decorates, who made it, under which terms."""

    # Not `decorative`: Wagtail sets an attribute of that name to False on every picture that it loads.
    only_decorates = models.BooleanField(
        _("only decorates"),
        default=False,
        help_text=_("Tick only if a reader who cannot see the picture misses nothing. Otherwise describe it above."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made the picture; shown beside it.")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.OWN)

    admin_form_fields = (
        "title", "file", "description", "only_decorates", "credit", "licence", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                name="picture_described_or_decorative",
                condition=models.Q(only_decorates=True) | ~models.Q(description=""),
                violation_error_message=_("Describe the picture, or tick that it only decorates."),
            )
        ]

    @property
    def default_alt_text(self) -> str:
        return "" if self.only_decorates else self.description


class FoundationRendition(AbstractRendition):
    image = models.ForeignKey(FoundationImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]


class FoundationDocument(AbstractDocument):
    """A public document, with the language that it is written in."""

    language = models.CharField(
        _("language"),
        max_length=10,
        default="it",
        help_text=_("The language of the document, so that screen readers and readers know."),
    )

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Wagtail looks at the ending of the name here, also where the form has refused the file already."""
        if self.file:
            super().clean()
