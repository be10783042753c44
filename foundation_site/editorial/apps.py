from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    name = "foundation_site.editorial"
    label = "editorial"
    verbose_name = _("Editorial work")
    default = True

    def ready(self) -> None:
        from . import signals  # noqa: F401 - registers the receivers


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts with the rules of the house; stands in the settings in place of `wagtail.users`."""

    user_viewset = "foundation_site.editorial.viewsets.AccountViewSet"
