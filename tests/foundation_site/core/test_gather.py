"""Where a page's body leads, in the reader's language, and what may stand on its cards."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from foundation_site.core.at_hand import Hand
from home.models import HomePage, StandardPage


@pytest.fixture
def arabic_home(home: HomePage, locales) -> HomePage:
    page = home.copy_for_translation(locales["ar"])
    page.title, page.hero_title = "المؤسسة", "لغات كثيرة"
    page.save_revision().publish()
    return page


@pytest.fixture
def target(home: HomePage, publish) -> StandardPage:
    return publish(home, StandardPage(title="Corsi", slug="corsi"))


@pytest.fixture
def page(home: HomePage, target: StandardPage, publish) -> StandardPage:
    """Leads to the target from its words, by a button and on a card."""
    link = {"text": "", "page": target, "service": "", "url": ""}
    body = [
        ("text", f'<p><a linktype="page" id="{target.pk}">Qui</a></p>'),
        ("call_to_action", {"title": "Vieni", "text": "", "link": link}),
        ("pages", {"title": "Leggi anche", "pages": [target]}),
    ]
    return publish(home, StandardPage(title="Chi siamo", slug="chi-siamo", body=body))


def translated(page: Page, locale: Any, *, live: bool = True) -> Page:
    version = page.copy_for_translation(locale)
    version.title = f"{page.title} {locale.language_code}"
    revision = version.save_revision()
    if live:
        revision.publish()
    return version


def led_to(client: Client, path: str) -> dict[str, list[str]]:
    """The links in the body's words, of its buttons and of its cards."""
    html = client.get(path).content.decode()
    parts = {
        "words": r'<a href="([^"]*)">(?:<bdi[^>]*>)?Qui',
        "button": r'button--accent" href="([^"]*)"',
        "cards": r'card__title"><a href="([^"]*)"',
    }
    return {name: re.findall(pattern, html) for name, pattern in parts.items()}


def test_body_leads_to_the_reader_language(client: Client, page, target, arabic_home, locales):
    translated(target, locales["ar"])
    translated(page, locales["ar"])

    there = "/ar/corsi/"
    assert led_to(client, "/it/chi-siamo/") == {
        "words": ["/it/corsi/"],
        "button": ["/it/corsi/"],
        "cards": ["/it/corsi/"],
    }
    assert led_to(client, "/ar/chi-siamo/") == {"words": [there], "button": [there], "cards": [there]}


def test_body_leads_to_what_is_published(client: Client, page, target, arabic_home, locales):
    translated(target, locales["ar"], live=False)
    translated(page, locales["ar"])

    here = "/it/corsi/"
    assert led_to(client, "/ar/chi-siamo/") == {"words": [here], "button": [here], "cards": [here]}


def test_text_shown_in_another_language_leads_on_in_its_own(client: Client, page, target, arabic_home, locales):
    """Its cards are the site's, and speak to the reader."""
    translated(target, locales["ar"])

    assert led_to(client, "/ar/chi-siamo/") == {
        "words": ["/it/corsi/"],
        "button": ["/it/corsi/"],
        "cards": ["/ar/corsi/"],
    }


def test_no_card_for_a_draft(client: Client, page, target):
    target.unpublish()

    assert led_to(client, "/it/chi-siamo/")["cards"] == []


def test_no_card_for_a_page_behind_a_sign_in(client: Client, page, target):
    PageViewRestriction.objects.create(page=target, restriction_type="login")

    assert led_to(client, "/it/chi-siamo/")["cards"] == []


def test_what_was_deleted_leaves_words_without_a_link(client: Client, page, target):
    target.delete()

    html = client.get("/it/chi-siamo/").content.decode()

    assert "<a>Qui</a>" in html
    assert led_to(client, "/it/chi-siamo/")["cards"] == []


def test_what_is_read_stays_apart_from_the_page(page, target):
    hand = Hand()
    hand.there = {Page: {target.pk: target}}

    read = hand.read(page.body)

    assert read[0].value.source == '<p><a href="/it/corsi/">Qui</a></p>'
    assert page.body[0].value.source == f'<p><a linktype="page" id="{target.pk}">Qui</a></p>'
    assert hand.asked == {Page: {target.pk}}
