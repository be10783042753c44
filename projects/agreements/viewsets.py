from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column

from foundation_site.core.registers import RegisterViewSet

from .models import Agreement


class AgreementViewSet(RegisterViewSet):
    """Partner, dated steps and promises of each agreement, once for all languages."""

    model = Agreement
    icon = "doc-full"
    menu_label = _("Agreements")
    menu_order = 330
    add_to_admin_menu = True
    list_display = [
        "partner",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        "country",
        Column("get_status_display", label=_("State"), sort_key="status"),
        "official",
    ]
    list_filter = ["kind", "status", "official", "country"]
    search_fields = ["partner", "labels__text", "slug"]
    ordering = ["partner"]
    list_export = ["partner", "kind", "partner_kind", "country", "status", "official", "first_step"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("partner"),
                    FieldPanel("slug"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("partner_kind")]),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("official")]),
                    FieldPanel("country"),
                    InlinePanel("labels", heading=_("Names in the languages of the site"), label=_("Name")),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("Partner"),
            ),
            ObjectList([InlinePanel("steps", label=_("Step"))], heading=_("Steps")),
            ObjectList([InlinePanel("promises", label=_("Promised activity"))], heading=_("Promises")),
        ]
    )
