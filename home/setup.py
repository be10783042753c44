"""The site before its first page. May run twice: what is there, and whatever people chose since, stays as it is."""

from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from foundation_site.core.site_settings import SiteSettings
from foundation_site.core.taxonomy import Topic
from foundation_site.editorial.setup import set_up_editorial

from .models import HomePage

TOPICS = Path(__file__).with_name("topics.yaml")


@transaction.atomic
def set_up_site(*, name: str, city: str, hostname: str) -> HomePage:
    """Languages, front pages, the foundation's name, the 22 topics, the groups and the way to publication.

    Returns the Italian front page, published with the foundation's name; those of the other languages wait as drafts
    until somebody translates them.
    """
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    home = HomePage.objects.filter(locale=locales[settings.LANGUAGE_CODE]).first() or first_home(name)
    site, _created = Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": hostname, "site_name": name}
    )
    SiteSettings.objects.get_or_create(site=site, defaults={"name": name, "city": city})
    for code, locale in locales.items():
        if code != settings.LANGUAGE_CODE and not home.has_translation(locale):
            home.copy_for_translation(locale)
    set_up_topics(locales)
    set_up_editorial()
    return home


def first_home(name: str) -> HomePage:
    """In place of Wagtail's welcome."""
    Page.objects.filter(depth=2, slug="home").exclude(content_type__model="homepage").delete()
    home = HomePage(
        title=name,
        slug="home",
        hero_title=name,
        search_description=name,
        locale=Locale.objects.get(language_code=settings.LANGUAGE_CODE),
    )
    return Page.objects.get(depth=1).add_child(instance=home)


def set_up_topics(locales: dict[str, Locale]) -> None:
    """The topics in each language, joined as translations of one another."""
    for row in yaml.safe_load(TOPICS.read_text(encoding="utf-8")):
        names = dict(row["names"])
        source, _created = Topic.objects.get_or_create(
            slug=row["slug"],
            locale=locales[settings.LANGUAGE_CODE],
            defaults={"name": names.pop(settings.LANGUAGE_CODE), "order": row["order"]},
        )
        for language, text in names.items():
            Topic.objects.get_or_create(
                slug=row["slug"],
                locale=locales[language],
                defaults={"name": text, "order": row["order"], "translation_key": source.translation_key},
            )
