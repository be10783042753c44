"""A slug is free in all languages or in none."""

import pytest
from django.core.exceptions import ValidationError
from page_forms import sent

from foundation_site.editorial.translations import publish_translation
from home.models import StandardPage

HOME_TEXTS = {"title": "المؤسسة", "hero_title": "لغات", "search_description": "المؤسسة."}


@pytest.fixture
def arabic_home(home, locales):
    return publish_translation(home, locales["ar"], HOME_TEXTS)


@pytest.mark.parametrize("slug", ["search", "enrol", "membership", "account", "admin", "health", "documents"])
def test_page_is_not_called_as_a_part_of_the_site(publisher, home, slug: str):
    errors = sent(publisher, home, StandardPage, slug=slug)

    assert list(errors) == ["slug"]
    assert errors["slug"] == [f"«{slug}» serve al sito stesso: lì nessuna pagina si troverebbe. Scegli un altro slug."]


def test_import_is_refused_it_too(home, publish):
    with pytest.raises(ValidationError, match="«search» serve al sito stesso"):
        publish(home, StandardPage(title="Cerca", slug="search"))


def test_below_another_page_such_a_slug_is_free(home, standard_page, publish):
    publish(standard_page, StandardPage(title="Cerca", slug="search"))


def test_page_is_not_called_as_another_one_in_another_language(home, arabic_home, publish):
    publish(arabic_home, StandardPage(title="من نحن", slug="noi"))

    with pytest.raises(ValidationError, match="العربية"):
        publish(home, StandardPage(title="Noi", slug="noi"))


def test_page_is_called_as_its_translations(home, standard_page, arabic_home, locales):
    texts = {"title": "من نحن", "introduction": "نبذة.", "search_description": "نبذة."}
    publish_translation(standard_page, locales["ar"], texts).full_clean()

    standard_page.full_clean()


def test_page_goes_only_where_its_slug_is_free_in_its_own_language(
    superuser, home, standard_page, news_index, arabic_home, publish, locales
):
    story = publish(standard_page, StandardPage(title="Storia", slug="storia"))
    below = publish(home, StandardPage(title="Altro", slug="altro"))
    publish_translation(below, locales["ar"], {"title": "آخر", "search_description": "آخر."})
    texts = {"title": "من نحن", "introduction": "نبذة.", "search_description": "نبذة."}
    arabic = publish_translation(standard_page, locales["ar"], texts)

    may = story.permissions_for_user(superuser).can_move_to
    assert may(below)
    assert not may(arabic_home)
    assert not arabic.permissions_for_user(superuser).can_move_to(below.get_translation(locales["ar"]))
    assert not arabic.permissions_for_user(superuser).can_move()
    publish(below.get_translation(locales["ar"]).specific, StandardPage(title="قصة", slug="storia"))
    assert not may(below)
