"""A page behind a sign-in is told of nowhere."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from foundation_site.editorial.translations import publish_translation
from foundation_site.users.models import User
from home.models import NewsPage

SECRET = "Parole riservate"


@pytest.fixture
def pages(news_index, publish) -> dict[str, NewsPage]:
    return {
        slug: publish(news_index, NewsPage(title=f"Arabo {slug}", slug=slug, introduction=words))
        for slug, words in {"secret": SECRET, "open": "Per tutti"}.items()
    }


@pytest.mark.parametrize("above", [False, True], ids=["the page itself", "the page above"])
@pytest.mark.parametrize(
    "address",
    ["/it/", "/it/notizie/", "/it/search/?q=arabo", "/it/search/suggest/?q=arabo", "/sitemap.xml"],
    ids=["front page", "list", "search", "suggestions", "map of the site"],
)
def test_restricted_page_is_not_told_of(client: Client, pages, above: bool, address: str):
    def told() -> bool:
        text = client.get(address).content.decode()
        return SECRET in text or "/secret/" in text

    assert told()

    page = pages["secret"].get_parent() if above else pages["secret"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert not told()


def test_others_stay(client: Client, pages):
    PageViewRestriction.objects.create(page=pages["secret"], restriction_type="login")

    assert [page.slug for page in client.get("/it/notizie/").context["finder"].page.object_list] == ["open"]
    assert client.get("/it/search/?q=arabo").context["results"].count == 1


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client: Client, pages):
    PageViewRestriction.objects.create(page=pages["secret"], restriction_type="login")

    response = client.get("/it/notizie/secret/", follow=True)

    assert response.redirect_chain[-1][0] == "/it/account/login/?next=%2Fit%2Fnotizie%2Fsecret%2F"
    assert SECRET not in response.content.decode()


def test_who_repeats_a_restricted_page_is_restricted_too(client: Client, home, pages):
    pages["secret"].create_alias(parent=home, update_slug="repeated")
    assert client.get("/it/repeated/").status_code == 200

    PageViewRestriction.objects.create(page=pages["secret"], restriction_type="login")

    response = client.get("/it/repeated/", follow=True)
    assert response.redirect_chain[-1][0] == "/it/account/login/?next=%2Fit%2Frepeated%2F"


def test_page_is_not_closed_by_a_shared_password(pages):
    assert pages["open"].private_page_options == ["groups", "login"]


# In every language


@pytest.fixture
def arabic(home, news_index, pages, locales) -> NewsPage:
    """The secret page in Arabic, published."""
    publish_translation(home, "ar", {"title": "المؤسسة", "hero_title": "لغات", "search_description": "المؤسسة."})
    publish_translation(news_index, "ar", {"title": "أخبار", "search_description": "أخبار."})
    texts = {"title": "سر", "introduction": SECRET, "search_description": "سر."}
    return publish_translation(pages["secret"], "ar", texts)


@pytest.mark.parametrize("above", [False, True], ids=["the page itself", "the page above"])
@pytest.mark.parametrize("language", ["it", "ar"], ids=["said of the Italian page", "said of the Arabic page"])
def test_restriction_holds_in_every_language(client: Client, pages, arabic, above: bool, language: str):
    page = pages["secret"] if language == "it" else arabic
    PageViewRestriction.objects.create(page=page.get_parent() if above else page, restriction_type="login")

    assert [client.get(f"/{code}/notizie/secret/").status_code for code in ("it", "ar", "en")] == [302] * 3
    for address in ("/it/", "/ar/", "/ar/search/?q=سر", "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert SECRET not in text
        assert "/secret/" not in text


def test_group_may_read_it_in_every_language(client: Client, pages, arabic):
    """Also after the next translation, with which the translation package copies the restriction, and not the groups."""
    group = Group.objects.create(name="Soci")
    restriction = PageViewRestriction.objects.create(page=pages["secret"], restriction_type="groups")
    restriction.groups.add(group)
    publish_translation(pages["secret"], "ar", {"title": "سر", "introduction": SECRET, "search_description": "سر."})
    reader, stranger = (User.objects.create_user(f"{name}@example.org") for name in ("reader", "stranger"))
    reader.groups.add(group)

    answers = {}
    for user in (reader, stranger):
        client.force_login(user)
        answers[user] = {client.get(f"/{code}/notizie/secret/").status_code for code in ("it", "ar")}

    assert answers == {reader: {200}, stranger: {302}}


def test_restriction_that_is_lifted_is_lifted_in_every_language(client: Client, pages, arabic):
    restriction = PageViewRestriction.objects.create(page=pages["secret"], restriction_type="login")
    publish_translation(pages["secret"], "ar", {"title": "سر", "introduction": SECRET, "search_description": "سر."})

    restriction.delete()

    assert [client.get(f"/{code}/notizie/secret/").status_code for code in ("it", "ar")] == [200, 200]


def test_restriction_costs_the_same_however_many_there_are(client: Client, pages, arabic):
    def cost() -> int:
        for _twice in range(2):
            client.get("/ar/notizie/open/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/ar/notizie/open/")
        return len(queries)

    PageViewRestriction.objects.create(page=pages["secret"], restriction_type="login")
    one = cost()
    for page in Page.objects.filter(depth__gt=3).exclude(pk=pages["open"].pk):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert cost() == one
