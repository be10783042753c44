from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from foundation_site.core.registers import RegisterViewSet

from .models import City, Network, NetworkMembership


class CityViewSet(RegisterViewSet):
    """The register of cities: found and shown on the site also without a page."""

    model = City
    icon = "globe"
    menu_label = _("Cities")
    list_display = ["name", Column("country_name", label=_("Country"), sort_key="country"), "kind"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "names__text", "slug"]
    ordering = ["name"]
    list_export = ["name", "country", "kind", "latitude", "longitude"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("kind")]),
        InlinePanel("names", heading=_("Names in other languages, and other spellings"), label=_("Name")),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("note"),
    ]


class NetworkViewSet(RegisterViewSet):
    model = Network
    icon = "group"
    menu_label = _("Networks of cities")
    list_display = ["name", "url"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("url")]


class NetworkMembershipViewSet(RegisterViewSet):
    model = NetworkMembership
    icon = "calendar"
    menu_label = _("Cities in networks")
    list_display = ["city", "network", "since", "until", "seen_on"]
    list_filter = ["network"]
    search_fields = ["city__name", "city__names__text"]
    list_export = ["city", "network", "since", "until", "seen_on", "source"]
    panels = [
        FieldPanel("city"),
        FieldPanel("network"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldRowPanel([FieldPanel("seen_on"), FieldPanel("source")]),
    ]


class PlacesGroup(ModelViewSetGroup):
    menu_label = _("Cities")
    menu_icon = "globe"
    menu_order = 340
    items = (CityViewSet("city"), NetworkViewSet("network"), NetworkMembershipViewSet("network_membership"))
