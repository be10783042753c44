"""House rules that code can check."""

import base64
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import Error, register
from wagtail.models import Page

KEY_BYTES = 32


@register()
def pages_state_their_place(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """The tree is part of the model: every page type says where it may stand and what may stand under it."""
    from .pages import BasePage  # the models must be loaded first

    errors = []
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page and model._meta.app_config.name.split(".")[0] != "wagtail":
            if not issubclass(model, BasePage):
                errors.append(
                    Error(
                        f"{model.__name__} is not a BasePage.",
                        hint="Derive it from core.pages.BasePage.",
                        obj=model,
                        id="core.E001",
                    )
                )
            for name in ("parent_page_types", "subpage_types"):
                if name not in vars(model):
                    errors.append(
                        Error(
                            f"{model.__name__} does not state {name}.",
                            hint="Name the types that may be above or below.",
                            obj=model,
                            id="core.E002",
                        )
                    )
    return errors


@register()
def private_files_have_a_key(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """Said at the start, not to the first person who sends us a paper."""
    try:
        length = len(base64.b64decode(settings.PRIVATE_FILES_KEY, validate=True))
    except ValueError:
        length = 0
    if length == KEY_BYTES:
        return []
    return [
        Error("PRIVATE_FILES_KEY is not 32 bytes in base64.", hint="Make one: openssl rand -base64 32", id="core.E003")
    ]


@register(deploy=True)
def one_cache_for_all_processes(app_configs: Any, **_kwargs: Any) -> list[checks.Warning]:
    if settings.REDIS_URL or settings.WEB_CONCURRENCY == 1:
        return []
    return [
        checks.Warning(
            "Each web process has a cache of its own: menus and the limits on sign-in and forms would differ between them.",
            hint="Set REDIS_URL, or WEB_CONCURRENCY=1 and threads.",
            id="core.W001",
        )
    ]
