from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "foundation_site.core"
    label = "core"
    verbose_name = "Foundation"

    def ready(self) -> None:
        from . import checks, signals  # noqa: F401 - registers the house rules and the caches' upkeep
