"""An old address leads to the new one, in every language."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from associations.models import CityIndexPage, CityPage
from associations.places.models import City
from home.models import StandardPage


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def make(page, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = Page.objects.get(pk=page.pk).specific
            page.slug = slug
            page.save_revision().publish()

    return make


def target(client: Client, address: str) -> str:
    """Where the address leads to, if it leads on."""
    response = client.get(address)
    return response["Location"] if response.status_code == 301 else f"{response.status_code}"


def test_old_address_leads_on_in_every_language(client: Client, about, arabic_about, rename):
    rename(about, "noi")

    assert {code: target(client, f"/{code}/chi-siamo/") for code in ("it", "ar", "fr")} == {
        code: f"/{code}/noi/" for code in ("it", "ar", "fr")
    }


def test_old_address_goes_before_a_page_of_another_language(client: Client, about, arabic_about, rename, locales):
    """As it was before translations followed: the Arabic page alone had kept the slug."""
    Redirect.objects.create(old_path="/it/chi-siamo", redirect_page=about, automatically_created=True)
    Page.objects.filter(pk=about.pk).update(slug="noi", url_path="/home/noi/")

    assert target(client, "/it/chi-siamo/") == "/it/noi/"


def test_pages_below_lead_on_too(client: Client, about, publish, rename):
    publish(about, StandardPage(title="Storia", slug="storia"))

    rename(about, "noi")

    assert target(client, "/it/chi-siamo/storia/") == "/it/noi/storia/"


def test_cities_lead_on_with_their_list(client: Client, home, publish, rename):
    girona, fez = (
        City.objects.create(slug=name.lower(), name=name, country=country)
        for name, country in (("Girona", "ES"), ("Fez", "MA"))
    )
    cities = publish(home, CityIndexPage(title="Città", slug="citta"))
    publish(cities, CityPage(title="Fez", slug="fez", city=fez))

    rename(cities, "luoghi")

    assert {city.slug: target(client, f"/it/citta/{city.slug}/") for city in (girona, fez)} == {
        "girona": "/it/luoghi/girona/",
        "fez": "/it/luoghi/fez/",
    }


def test_page_that_moved_leads_on(client: Client, home, about, publish, rename):
    other = publish(home, StandardPage(title="Altro", slug="altro"))

    about.move(other, pos="last-child")

    assert target(client, "/it/chi-siamo/") == "/it/altro/chi-siamo/"


def test_page_that_is_renamed_back_leads_nowhere_else(client: Client, about, rename):
    rename(about, "noi")
    rename(about, "chi-siamo")

    assert target(client, "/it/noi/") == "/it/chi-siamo/"
    about.refresh_from_db()
    about.unpublish()
    assert target(client, "/it/chi-siamo/") == "404"


def test_new_page_at_an_old_address_is_found_in_every_language(
    client: Client, home, about, arabic_about, publish, rename
):
    rename(about, "noi")

    publish(home, StandardPage(title="Nuova", slug="chi-siamo"))

    assert [client.get(f"/{code}/chi-siamo/").context["page"].title for code in ("it", "ar", "fr")] == ["Nuova"] * 3


def test_what_an_editor_has_written_stays(client: Client, about, rename):
    Redirect.objects.create(old_path="/it/chi-siamo", redirect_link="https://example.org/", site_id=None)

    rename(about, "noi")

    assert target(client, "/it/chi-siamo/") == "https://example.org/"


def test_section_with_more_pages_than_one_expression_holds(client: Client, about, rename):
    Page.objects.bulk_create(
        Page(
            title=f"P{number}", draft_title=f"P{number}", slug=f"p{number}", path=f"{about.path}{number:04d}",
            depth=about.depth + 1, url_path=f"{about.url_path}p{number}/", locale=about.locale, content_type_id=about.content_type_id,
        )
        for number in range(1, 1201)
    )  # fmt: skip

    rename(about, "noi")

    assert Redirect.objects.count() == 1201
    assert target(client, "/it/chi-siamo/p1200/") == "/it/noi/p1200/"
