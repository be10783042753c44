from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, PageViewRestriction, Site, UploadedFile
from wagtail.signals import page_published, page_unpublished

from .chrome import CHROME_KEY, chrome_key
from .languages import languages
from .media import FoundationImage
from .navigation import Footer, Navigation
from .pictures import for_the_site
from .routing import HOMES_KEY
from .site_settings import SiteSettings
from .taxonomy import NAMES_KEY, Topic
from .text_index import findable_models, forget_page, index_page, index_record


def forget(*keys: str) -> None:
    """At once for whoever made the change, and again when all can see it: in between somebody may have kept what was before."""
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=Locale)
def forget_homes(**_kwargs: Any) -> None:
    forget(HOMES_KEY)


@receiver([post_save, post_delete])
def forget_homes_of_top_pages(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """A home page of another language appears or goes, or a page that menus name is renamed."""
    if isinstance(instance, Page):
        if instance.depth == 2:
            forget(HOMES_KEY)
        forget_chrome()


@receiver([post_save, post_delete], sender=Topic)
def forget_topics(**_kwargs: Any) -> None:
    forget(NAMES_KEY)


@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([post_save, post_delete], sender=Navigation)
@receiver([post_save, post_delete], sender=Footer)
@receiver([post_save, post_delete], sender=PageViewRestriction)  # nothing leads readers to what they cannot see
@receiver([post_save, post_delete], sender=FoundationImage)  # one of them is the logo
def forget_chrome(**_kwargs: Any) -> None:
    forget(CHROME_KEY, *(chrome_key(language.code) for language in languages()))


@receiver(pre_save, sender=UploadedFile)
def redraw_what_waits_for_its_description(instance: UploadedFile, **_kwargs: Any) -> None:
    """Where several pictures are sent at once, Wagtail lays each aside as it came until it is described, and then keeps
    that very file: the form for pictures never sees it."""
    if instance._state.adding and instance.for_content_type.model_class() is FoundationImage:
        instance.file = for_the_site(instance.file.file)


@receiver(page_published)
def index_words(instance: Any, **_kwargs: Any) -> None:
    """Readers find a page by its words from the moment it is published."""
    index_page(instance.specific)


@receiver(page_unpublished)
def forget_words(instance: Any, **_kwargs: Any) -> None:
    """Also told while a page is being deleted, when its row still says that it is live."""
    forget_page(instance.specific)


@receiver([post_save, post_delete])
def index_words_of_records(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Something is renamed in a register: it is found by its new name, once the rows below it are written too."""
    if sender in findable_models():
        transaction.on_commit(partial(index_record, sender, instance.pk))
