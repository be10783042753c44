"""Builds the demonstration. May run twice: what exists already, and whatever was entered since, stays as it is."""

import json
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.models import Locale

from foundation_site.core.media import FoundationImage, Licence
from foundation_site.core.site_settings import SiteSettings
from foundation_site.core.taxonomy import Topic
from foundation_site.editorial.translations import publish_translation
from home.models import HomePage
from home.setup import set_up_site

from . import registers
from .content import PICTURES, SOURCE, BodyBuilder, PageContent, pages
from .facts import facts_of
from .menus import load_menus
from .people import load_accounts, load_associations, load_enrolments, load_occasions

CHOSEN_PAGES = {
    "accessibility_page_id": "accessibilita",
    "privacy_page_id": "privacy",
    "joining_page_id": "diventa-associazione-aderente",
}

Say = Callable[[str], None]

TEXT_FIELDS = (
    "title",
    "introduction",
    "search_description",
    "image_alt",
    "hero_title",
    "hero_text",
    "date_text",
)


ALL_LANGUAGES = tuple(dict(settings.LANGUAGES))


def load_demo(say: Say, password: str, *, languages: Collection[str] = ALL_LANGUAGES) -> None:
    """Everything that the demonstration shows, saying each step as it is done; its pages only in these languages."""
    say("Languages and the foundation …")
    home = load_foundation()
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    say("Cities, agreements, funded projects …")
    registers.load_cities()
    registers.load_grants()
    registers.load_agreements()
    say("Courses, events and associations …")
    load_occasions()
    load_associations()
    loader = PageLoader(home, locales, say, languages)
    loader.load()
    choose_pages(loader.page_id)
    load_menus(locales)
    say("Accounts …")
    load_accounts(password)
    say("People who asked for a place …")
    load_enrolments()


def load_foundation() -> HomePage:
    home = set_up_site(name="Fondazione Mondinsieme", city="Reggio Emilia", hostname="localhost")
    SiteSettings.objects.filter(site__root_page=home, email="").update(
        email="info@mondinsieme.example", phone="+390522000100", address="via Marzabotto 3, 42122 Reggio Emilia"
    )
    return home


def choose_pages(page_id: Callable[[str], int]) -> None:
    """The pages that others lead to, where none is chosen yet."""
    site_settings = SiteSettings.objects.get(site__is_default_site=True)
    for name, path in CHOSEN_PAGES.items():
        if getattr(site_settings, name) is None:
            setattr(site_settings, name, page_id(path))
    site_settings.save()


class PageLoader:
    """Makes the pages in Italian, then their translations, parents before children."""

    def __init__(self, home: HomePage, locales: dict[str, Locale], say: Say, languages: Collection[str]):
        self.languages = languages
        self.home = home
        self.locales = locales
        self.say = say
        self.contents = pages()
        self.made: dict[str, Any] = {"": home}
        self.images: dict[str, int] = {}
        self.topics = {topic.slug: topic for topic in Topic.objects.filter(locale=locales[SOURCE])}

    def load(self) -> None:
        self.say("Pictures …")
        self.load_pictures()
        new = [content for content in self.contents if self.place(content)]
        self.say(f"{len(new)} pages in Italian …")
        for content in new:
            self.fill(content)
        self.say("The same pages in the other languages …")
        for content in new:
            for code in content.translations(self.languages):
                self.translate(content, code)

    def load_pictures(self) -> None:
        known = dict(FoundationImage.objects.values_list("title", "pk"))
        for file in sorted(PICTURES.glob("*.webp")):
            if file.stem not in known:
                with file.open("rb") as opened:
                    image = FoundationImage.objects.create(
                        title=file.stem, file=ImageFile(opened, name=file.name), only_decorates=True,
                        credit="Fondazione Mondinsieme", licence=Licence.CC_BY,
                    )  # fmt: skip
                known[file.stem] = image.pk
        self.images = known

    def image_id(self, key: str) -> int:
        if key not in self.images:
            raise KeyError(f"There is no picture “{key}” among the demonstration's.")
        return self.images[key]

    def page_id(self, path: str) -> int:
        return self.made[path.strip("/")].pk

    def place(self, content: PageContent) -> bool:
        """Put the page into the tree, still a draft, so that others can link to it. False: it was there already."""
        model = apps.get_model(content.type)
        if content.path == "":
            return self.home.latest_revision_id is None
        parent = self.made[content.parent_path]
        existing = model.objects.filter(slug=content.slug, path__startswith=parent.path, depth=parent.depth + 1).first()
        if existing:
            self.made[content.path] = existing
            return not existing.live and existing.latest_revision is None
        page = model(slug=content.slug, locale=self.locales[SOURCE], live=False, **facts_of(content))
        self.write(page, content)
        parent.add_child(instance=page)
        self.made[content.path] = page
        return True

    def fill(self, content: PageContent) -> None:
        page = self.made[content.path]
        self.write(page, content)
        page.body = json.dumps(self.blocks(content, SOURCE))
        if hasattr(page, "topics"):
            page.topics = [self.topics[slug] for slug in content.data.get("topics") or []]
        for slug in content.facts.get("cities") or []:
            page.cities.add(page.cities.model(city_id=registers.City.objects.get(slug=slug).pk))
        for row in content.texts(SOURCE).get("promises") or []:
            page.promise_texts.add(page.promise_texts.model(locale=self.locales[SOURCE], **row))
        page.review_on = timezone.localdate() + timedelta(days=content.data.get("review_in_days") or 365)
        page.save_revision().publish()

    def translate(self, content: PageContent, code: str) -> None:
        """Publish a translation made of the same blocks; its words are kept sentence by sentence, as a translator's would be."""
        page = self.made[content.path]
        texts = {
            name: text for name, text in content.texts(code).items() if name in TEXT_FIELDS and hasattr(page, name)
        }
        texts["body"] = self.blocks(content, code)
        if content.texts(code).get("promises"):
            texts["promise_texts"] = [
                {"title": row["title"], "text": row["text"]} for row in content.texts(code)["promises"]
            ]
        publish_translation(type(page).objects.get(pk=page.pk), self.locales[code], texts)

    def blocks(self, content: PageContent, code: str) -> list[dict[str, Any]]:
        builder = BodyBuilder(content.path, page_id=self.page_id, image_id=self.image_id)
        return builder.body(content.texts(code).get("body") or [])

    def write(self, page: Any, content: PageContent) -> None:
        texts = content.texts(SOURCE)
        for name in TEXT_FIELDS:
            if name in texts and hasattr(page, name):
                setattr(page, name, texts[name] or "")
        if content.data.get("picture"):
            page.image_id = self.image_id(content.data["picture"])
