"""What leads on: from a page to others of its kind, and from a record to the pages that tell of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, OrderBy, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from .gather import for_cards
from .pages import BasePage, page_types

RELATED = 3


class LeadsOn(BasePage):
    """A page that leads on to three others of its kind and language: the nearest to it."""

    newest: ClassVar[tuple[str | OrderBy, ...]] = ("-first_published_at",)

    class Meta:
        abstract = True

    def nearest(self, pages: QuerySet) -> QuerySet:
        """Those that share most topics come first, then the newest."""
        return with_shared_topics(pages, self).order_by("-shared_topics", *self.newest, "title")

    def related(self) -> list[Any]:
        pages = shown(type(self)).filter(locale=self.locale_id).exclude(pk=self.pk)
        return list(self.nearest(pages)[:RELATED])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        related = self.related()
        return {**super().get_context(request, *args, cards=related, **kwargs), "related": related}


def with_shared_topics(pages: QuerySet, page: Any) -> QuerySet:
    """The pages with how many topics each has in common with this one."""
    field = pages.model._meta.get_field("topics")
    rows, of_page = field.remote_field.through.objects.order_by(), field.m2m_field_name()
    its_own = rows.filter(**{of_page: page.pk}).values("topic")
    shared = rows.filter(topic__in=its_own, **{of_page: OuterRef("pk")}).values(of_page)
    return pages.annotate(shared_topics=Coalesce(Subquery(shared.annotate(number=Count("pk")).values("number")), 0))


def telling_of(record: models.Model, language: str) -> list[Any]:
    """The pages that tell of a record, in a language where they are published there, else in the source.

    A page type says of which records it tells; the app of the record need not know it.
    """
    told: list[Any] = []
    for model in page_types():
        if model.tells_of and target(model, model.tells_of) is type(record):
            pages = shown(model).filter(
                **{model.tells_of: record, "locale__language_code__in": {language, settings.LANGUAGE_CODE}}
            )
            best: dict[Any, Any] = {}
            for page in pages.order_by("-first_published_at", "title"):
                if page.translation_key not in best or page.locale.language_code == language:
                    best[page.translation_key] = page
            told += best.values()
    return told


def shown(model: Any) -> QuerySet:
    """The pages of a type that everybody may read, each once per language."""
    return for_cards(model._default_manager.filter(alias_of=None))


def target(model: Any, path: str) -> Any:
    """The model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model
