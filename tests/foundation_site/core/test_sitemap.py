"""The map of the site: every published page in every language, each with its alternates."""

from xml.etree import ElementTree

from django.test import Client

from foundation_site.editorial.translations import publish_translation
from home.models import NewsPage

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITE = "http://testserver"


def entries(client: Client) -> dict[str, dict[str, str]]:
    """Address of each page, with its alternates by language."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    urls = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return {
        url.findtext(f"{SITEMAP}loc"): {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")}
        for url in urls
    }


def test_pages_stand_with_their_translations(client: Client, standard_page, news_index, publish):
    publish_translation(
        standard_page.get_parent().specific,
        "ar",
        {"title": "المؤسسة", "hero_title": "لغات", "search_description": "المؤسسة."},
    )
    publish_translation(
        standard_page, "ar", {"title": "من نحن", "introduction": "نبذة.", "search_description": "نبذة."}
    )
    draft = publish(news_index, NewsPage(title="Bozza", slug="bozza"))
    draft.unpublish()

    found = entries(client)

    both = {code: f"{SITE}/{code}/chi-siamo/" for code in ("it", "ar")} | {"x-default": f"{SITE}/it/chi-siamo/"}
    assert found[f"{SITE}/it/chi-siamo/"] == found[f"{SITE}/ar/chi-siamo/"] == both
    assert set(found) == {
        f"{SITE}/it/", f"{SITE}/ar/", f"{SITE}/it/chi-siamo/", f"{SITE}/ar/chi-siamo/", f"{SITE}/it/notizie/",
    }  # fmt: skip


def test_cost_does_not_grow(client: Client, news_index, publish, django_assert_num_queries):
    client.get("/sitemap.xml")
    for number in range(3):
        publish(news_index, NewsPage(title=f"N{number}", slug=f"n{number}"))

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")
