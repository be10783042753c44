from django.utils.translation import gettext_lazy as _

from foundation_site.core.pages import BasePage


class StandardPage(BasePage):
    """A page of text: who we are, contacts, privacy."""

    search_kind = "page"
    kind_label = _("Page")
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
