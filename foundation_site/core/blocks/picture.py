from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.images import get_image_model

from ..at_hand import ImageChooserBlock


class PictureBlock(StructBlock):
    """A picture that says something. Its description is asked here, per use and per language: the picture's own is not translated."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("Description"), max_length=250, help_text=_("What the picture tells, for those who cannot see it.")
    )
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with its description and a caption.")
        template = "blocks/image.html"

    def get_preview_value(self) -> Any:
        return self.normalize(newest_pictures(1)[0])


class GalleryBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(PictureBlock(), **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if len(value) < 2:
            raise ValidationError(_("A gallery has at least two pictures; for one use the picture block."))
        return value

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Several pictures side by side.")
        template = "blocks/gallery.html"

    def get_preview_value(self) -> Any:
        return self.normalize(newest_pictures(3))


def newest_pictures(number: int) -> list[dict[str, Any]]:
    """For previews: pictures that the foundation has, so that an editor sees her own site; an empty one where there is none."""
    images = list(get_image_model().objects.order_by("-created_at")[:number]) or [None]
    return [{"image": image, "alt": "", "caption": image.title if image else ""} for image in images]
