from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSetGroup

from foundation_site.core.registers import RegisterViewSet

from .models import Grant, Programme


class GrantViewSet(RegisterViewSet):
    """Funded projects as their contracts state them; each gives its pages the sentence that the funder asks for."""

    model = Grant
    icon = "form"
    menu_label = _("Funded projects")
    list_display = ["acronym", "programme", "number", "start", "end"]
    list_filter = ["programme"]
    search_fields = ["acronym", "title", "number", "partners__name"]
    ordering = ["acronym"]
    list_export = ["acronym", "title", "programme", "number", "start", "end", "budget", "contribution"]
    panels = [
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("slug")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("programme"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldRowPanel([FieldPanel("budget"), FieldPanel("contribution")]),
        InlinePanel("partners", label=_("Partner")),
    ]


class ProgrammeViewSet(RegisterViewSet):
    model = Programme
    icon = "tag"
    menu_label = _("Programmes")
    list_display = ["name", "funder", "period"]
    list_filter = ["funder"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldRowPanel([FieldPanel("funder"), FieldPanel("period")])]


class FundingGroup(ModelViewSetGroup):
    menu_label = _("Funding")
    menu_icon = "form"
    menu_order = 335
    items = (GrantViewSet("grant"), ProgrammeViewSet("programme"))
