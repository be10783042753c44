"""Menu, footer and who the foundation is: one per language, kept until an editor changes them."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from foundation_site.core.chrome import chrome_key
from foundation_site.core.models import Footer, FoundationImage, Navigation, SiteSettings
from home.models import NewsIndexPage, StandardPage
from projects.models import CourseIndexPage


def entry(**link: Any) -> tuple[str, dict[str, Any]]:
    return ("item", {"link": {"text": "", "page": None, "service": None, "url": None, **link}, "children": []})


def shown(client: Client, address: str = "/it/") -> list[str]:
    return [item["label"] for item in client.get(address).context["navigation"]]


@pytest.mark.parametrize("model", [Navigation, Footer])
def test_each_language_has_one(locales, model: type):
    model.objects.create(locale=locales["it"])
    second = model(locale=locales["it"])

    with pytest.raises(ValidationError):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    model(locale=locales["ar"]).full_clean()


def test_language_without_a_menu_has_the_italian_one_in_its_own_addresses(client: Client, standard_page, locales):
    Navigation.objects.create(locale=locales["it"], items=[entry(page=standard_page)])

    menu = client.get("/ar/chi-siamo/").context["navigation"]

    assert [(item["label"], item["url"], item["active"]) for item in menu] == [("Chi siamo", "/ar/chi-siamo/", True)]


def test_change_of_a_page_changes_the_menu(client: Client, standard_page: StandardPage, locales):
    Navigation.objects.create(locale=locales["it"], items=[entry(page=standard_page)])
    assert shown(client) == ["Chi siamo"]

    standard_page.title = "Noi"
    standard_page.save_revision().publish()

    assert shown(client) == ["Noi"]


def test_menu_does_not_lead_to_what_is_not_there(client: Client, home, standard_page, publish, locales):
    gone = publish(home, StandardPage(title="Via", slug="via"))
    items = [entry(page=standard_page), entry(page=gone), entry(text="Cerca", service="search:search")]
    Navigation.objects.create(locale=locales["it"], items=items)
    assert shown(client) == ["Chi siamo", "Via", "Cerca"]

    standard_page.unpublish()
    gone.delete()

    assert shown(client) == ["Cerca"]


def test_menu_that_was_read_while_it_changed_is_read_again(
    client: Client, home, locales, django_capture_on_commit_callbacks
):
    """In between, another reader keeps what it was before the change."""
    menu = Navigation.objects.create(locale=locales["it"], items=[entry(text="Prima", url="https://example.org/")])
    before = client.get("/it/").context["navigation"]

    with django_capture_on_commit_callbacks(execute=True):
        menu.items = [entry(text="Dopo", url="https://example.org/")]
        menu.save()
        cache.set(chrome_key("it"), {"navigation": before, "footer": {"text": "", "columns": []}})

    assert shown(client) == ["Dopo"]


def test_logo_that_is_deleted_leaves_the_header(client: Client, home, django_capture_on_commit_callbacks):
    logo = FoundationImage.objects.create(title="Logo", file="logo.png", width=1, height=1, only_decorates=True)
    site = SiteSettings.for_site(Site.objects.get())
    site.logo = logo
    site.save()
    cache.clear()
    SiteSettings.objects.update(name="Fondazione")

    with django_capture_on_commit_callbacks(execute=True):
        logo.delete()

    assert client.get("/it/").context["site_settings"].logo is None


# Pages that templates lead to


def led_to(client: Client, address: str) -> dict[str, str]:
    return client.get(address).context["site_pages"]


def test_chosen_pages_are_led_to_in_the_language_of_the_reader(client: Client, home, publish):
    privacy, statement = (publish(home, StandardPage(title=slug, slug=slug)) for slug in ("dati", "per-tutti"))
    SiteSettings.objects.create(site=Site.objects.get(), privacy_page=privacy, accessibility_page=statement)

    html = client.get("/ar/").content.decode()

    assert '<a href="/ar/dati/" data-element="privacy-policy-link">' in html
    assert '<a href="/ar/per-tutti/" data-element="accessibility-link">' in html
    assert '<a href="/ar/dati/">' in client.get("/ar/membership/apply/").content.decode()


def test_lists_are_found_whatever_they_are_called(client: Client, home, publish):
    publish(home, NewsIndexPage(title="Novità", slug="novita"))
    publish(home, CourseIndexPage(title="Imparare", slug="imparare"))

    assert led_to(client, "/fr/") == {"news": "/fr/novita/", "course": "/fr/imparare/"}


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted"])
def test_nothing_leads_to_what_readers_cannot_see(client: Client, home, news_index, how: str):
    SiteSettings.objects.create(site=Site.objects.get(), privacy_page=news_index)
    assert led_to(client, "/it/") == {"news": "/it/notizie/", "privacy": "/it/notizie/"}

    if how == "unpublished":
        news_index.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=news_index, restriction_type="login")
    else:
        news_index.delete()

    assert led_to(client, "/it/") == {}


def test_list_that_moves_is_led_to_where_it_is(client: Client, news_index, django_capture_on_commit_callbacks):
    assert led_to(client, "/it/") == {"news": "/it/notizie/"}

    with django_capture_on_commit_callbacks(execute=True):
        news_index.slug = "novita"
        news_index.save_revision().publish()

    assert led_to(client, "/it/") == {"news": "/it/novita/"}


@pytest.mark.parametrize("address", ["/it/", "/ar/", "/it/membership/apply/", "/it/search/", "/it/enrol/find/"])
def test_new_site_has_no_dead_links(client: Client, home, address: str):
    html = client.get(address).content.decode()

    links = set(re.findall(r'<a [^>]*href="(/[^"#]*)"', html))
    assert links
    assert {link: status for link in links if (status := client.get(link).status_code) not in (200, 302)} == {}
