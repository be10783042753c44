from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from ..at_hand import ImageChooserBlock


class PersonBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=120)
    role = CharBlock(label=_("Role"), required=False, max_length=120)
    text = TextBlock(label=_("A few words"), required=False, rows=2)
    languages = CharBlock(label=_("Languages spoken"), required=False, max_length=120)
    image = ImageChooserBlock(label=_("Portrait"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(PersonBlock(), **kwargs)

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Who does what, and in which languages one can speak with them.")
        template = "blocks/people.html"
        preview_value = [{"name": "Amina", "role": "Mediatrice", "languages": "italiano, arabo, francese"}]
