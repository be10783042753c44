"""From an address to a page, also where its translation is missing."""

import pytest
from django.test import Client

from associations.models import CityIndexPage, CityPage
from associations.places.models import City
from home.models import HomePage, StandardPage


@pytest.fixture
def arabic_home(home: HomePage, locales) -> HomePage:
    page = home.copy_for_translation(locales["ar"])
    page.title, page.hero_title = "المؤسسة", "لغات كثيرة"
    page.save_revision().publish()
    return page


def test_page_answers_in_its_language(client: Client, standard_page: StandardPage):
    response = client.get("/it/chi-siamo/")

    assert response.status_code == 200
    assert response.context["page"].pk == standard_page.pk
    assert response.context["language_notice"] is False
    assert '<html lang="it" dir="ltr"' in response.content.decode()


def test_missing_translation_shows_the_source_with_a_notice(
    client: Client, standard_page: StandardPage, arabic_home: HomePage
):
    response = client.get("/ar/chi-siamo/")

    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in html
    assert response.context["language_notice"] is True
    assert response.context["text_language"].code == "it"
    assert response.context["canonical_url"] == "http://testserver/it/chi-siamo/"
    assert "Accept-Language" in response["Vary"]


def test_missing_translation_prefers_the_language_that_the_browser_reads(
    client: Client, standard_page: StandardPage, arabic_home: HomePage, locales
):
    home_fr = arabic_home.get_translation(locales["it"]).copy_for_translation(locales["fr"])
    home_fr.save_revision().publish()
    french = standard_page.copy_for_translation(locales["fr"])
    french.title = "Qui sommes-nous"
    french.save_revision().publish()

    response = client.get("/ar/chi-siamo/", headers={"accept-language": "ar,fr;q=0.8,it;q=0.5"})

    assert response.context["page"].title == "Qui sommes-nous"


def test_every_language_of_the_menu_answers(client: Client, standard_page: StandardPage):
    menu = client.get("/it/chi-siamo/").context["languages"]

    assert [(entry["code"], entry["url"]) for entry in menu] == [
        ("it", "/it/chi-siamo/"),
        ("en", "/en/chi-siamo/"),
        ("fr", "/fr/chi-siamo/"),
        ("es", "/es/chi-siamo/"),
        ("ar", "/ar/chi-siamo/"),
    ]
    assert [client.get(entry["url"]).status_code for entry in menu] == [200] * 5


def test_draft_is_not_shown_in_any_language(client: Client, standard_page: StandardPage):
    standard_page.unpublish()

    assert client.get("/it/chi-siamo/").status_code == 404
    assert client.get("/ar/chi-siamo/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/it/manca/", "/it/chi-siamo/oltre/", "/ar/manca/"], ids=["unknown", "below a page", "unknown in arabic"]
)
def test_unknown_address_is_not_found(client: Client, standard_page: StandardPage, path: str):
    assert client.get(path).status_code == 404


def test_root_leads_to_the_language_of_the_browser(client: Client, home: HomePage):
    response = client.get("/", headers={"accept-language": "ar"})

    assert response.status_code == 302
    assert response["Location"] == "/ar/"


def test_sitemap_lists_alternates(client: Client, standard_page: StandardPage, arabic_home: HomePage):
    text = client.get("/sitemap.xml").content.decode()

    assert "<loc>http://testserver/it/chi-siamo/</loc>" in text
    assert '<xhtml:link rel="alternate" hreflang="ar" href="http://testserver/ar/"/>' in text
    assert "http://testserver/ar/chi-siamo/" not in text


def test_alias_of_another_language_is_shown_as_what_it_is(
    client: Client, standard_page: StandardPage, arabic_home: HomePage, locales
):
    alias = standard_page.copy_for_translation(locales["ar"], alias=True)
    assert alias.live

    response = client.get("/ar/chi-siamo/")

    assert response.context["language_notice"] is True
    assert response.context["text_language"].code == "it"


@pytest.fixture
def cities(home: HomePage, publish) -> CityIndexPage:
    City.objects.create(slug="tanger", name="Tanger", country="MA")
    return publish(home, CityIndexPage(title="Città", slug="citta"))


@pytest.mark.parametrize("was_published", [False, True], ids=["draft", "taken offline"])
@pytest.mark.parametrize("language", ["it", "ar"])
def test_page_that_is_not_published_leaves_its_address_to_the_record(
    client: Client, cities: CityIndexPage, arabic_home: HomePage, locales, publish, language: str, was_published: bool
):
    arabic_cities = cities.copy_for_translation(locales["ar"])
    arabic_cities.save_revision().publish()
    page = publish(cities, CityPage(title="Tanger", slug="tanger", city=City.objects.get()))
    page.unpublish() if was_published else CityPage.objects.update(live=False, first_published_at=None)

    response = client.get(f"/{language}/citta/tanger/")

    assert response.templates[0].name == "associations/city_record.html"
    assert response.context["page"].locale.language_code == language
    assert response.context["language_notice"] is False


def test_page_below_a_draft_answers_and_does_not_lead_back_to_it(client: Client, standard_page: StandardPage, publish):
    publish(standard_page, StandardPage(title="Storia", slug="storia"))
    standard_page.unpublish()

    response = client.get("/it/chi-siamo/storia/")

    assert [crumb["url"] for crumb in response.context["breadcrumbs"]] == ["/it/"]
