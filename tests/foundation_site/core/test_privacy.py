"""A page behind a sign-in is told of nowhere."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

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


def test_page_is_not_closed_by_a_shared_password(pages):
    assert pages["open"].private_page_options == ["groups", "login"]
