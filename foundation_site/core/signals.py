from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, page_unpublished

from .chrome import CHROME_KEY, chrome_key
from .languages import languages
from .navigation import Footer, Navigation
from .routing import HOMES_KEY
from .site_settings import SiteSettings
from .taxonomy import NAMES_KEY, Topic
from .text_search import index_page


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=Locale)
def forget_homes(**_kwargs: Any) -> None:
    cache.delete(HOMES_KEY)


@receiver([post_save, post_delete])
def forget_homes_of_top_pages(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """A home page of another language appears or goes, or a page that menus name is renamed."""
    if isinstance(instance, Page):
        if instance.depth == 2:
            cache.delete(HOMES_KEY)
        forget_chrome()


@receiver([post_save, post_delete], sender=Topic)
def forget_topics(**_kwargs: Any) -> None:
    cache.delete(NAMES_KEY)


@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([post_save, post_delete], sender=Navigation)
@receiver([post_save, post_delete], sender=Footer)
def forget_chrome(**_kwargs: Any) -> None:
    cache.delete_many([CHROME_KEY, *(chrome_key(language.code) for language in languages())])


@receiver(page_published)
@receiver(page_unpublished)
def index_words(instance: Any, **_kwargs: Any) -> None:
    """Readers find a page by its words from the moment it is published."""
    index_page(instance.specific)
