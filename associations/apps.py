from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationsConfig(AppConfig):
    name = "associations"
    label = "associations"
    verbose_name = _("Associations")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 - connects them, once all models are loaded
