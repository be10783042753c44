from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock


class MomentBlock(StructBlock):
    date = CharBlock(label=_("When"), max_length=60)
    title = CharBlock(label=_("What"), max_length=150)
    text = TextBlock(label=_("Text"), required=False, rows=2)

    class Meta:
        icon = "date"
        label = _("Moment")


class TimelineBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(MomentBlock(), **kwargs)

    class Meta:
        icon = "history"
        label = _("Timeline")
        description = _("What happened, in order.")
        template = "blocks/timeline.html"
        preview_value = [{"date": "2010", "title": "Nasce la fondazione"}]
