"""House rules that code can check."""

import base64
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import Error, register
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

KEY_BYTES = 32
PICTURE = "image"  # may differ by language: a poster has words
PACKAGES = ("wagtail", "wagtail_localize", "taggit")
FACTS_IN_LETTERS = (models.URLField, models.EmailField, models.SlugField)


@register()
def pages_state_their_place(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """The tree is part of the model: every page type says where it may stand and what may stand under it."""
    from .pages import BasePage  # the models must be loaded first

    errors = []
    for model in apps.get_models():
        if issubclass(model, Page) and is_ours(model):
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
def facts_are_the_same_in_every_language(app_configs: Any, **_kwargs: Any) -> list[Error]:
    """Text is translated, everything else follows its source: no translator can change it."""
    errors = []
    for model in apps.get_models():
        if not issubclass(model, TranslatableMixin) or not is_ours(model):
            continue
        known = {field.field_name: field for field in get_translatable_fields(model)}
        for name in facts_of(model):
            field = known.get(name)
            if not isinstance(field, SynchronizedField) or (field.overridable and name != PICTURE):
                errors.append(
                    Error(
                        f"{model.__name__}.{name} is a fact that a translation could change or lack.",
                        hint="Put it on the tab of facts (facts_panels), or name it as SynchronizedField(…, overridable=False).",
                        obj=model,
                        id="core.E004",
                    )
                )
    return errors


def facts_of(model: type[models.Model]) -> Iterator[str]:
    """Our own fields that are not text, and children that exist once for all languages."""
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        given = field.auto_created or isinstance(field, ParentalKey) or not field.editable or not is_ours(field.model)
        if not given and not is_text(field):
            yield field.name
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            if is_ours(relation.related_model) and not issubclass(relation.related_model, TranslatableMixin):
                yield relation.name


def is_text(field: models.Field) -> bool:
    """Also what stands for a text: a record that is itself translated."""
    if isinstance(field, models.ForeignKey):
        return issubclass(field.related_model, TranslatableMixin) and not issubclass(field.related_model, Page)
    if isinstance(field, models.CharField):
        return not field.choices and not isinstance(field, FACTS_IN_LETTERS)
    return isinstance(field, models.TextField | StreamField)


def is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_config.name.split(".")[0] not in PACKAGES


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
