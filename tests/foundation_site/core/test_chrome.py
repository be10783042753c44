"""Menu, footer and who the foundation is: one per language, kept until an editor changes them."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Site

from foundation_site.core.chrome import chrome_key
from foundation_site.core.models import Footer, FoundationImage, Navigation, SiteSettings
from home.models import StandardPage


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
