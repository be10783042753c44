"""A site without a single page of the demonstration: what `set_up_site` makes, and that it undoes nothing."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from foundation_site.core.site_settings import SiteSettings
from foundation_site.core.taxonomy import Topic
from foundation_site.editorial.enums import Role
from home.models import HomePage

LINK = re.compile(r'<a[^>]* href="(/[^"#?]*)')


def set_up() -> None:
    call_command("set_up_site", name="Fondazione Ponte", city="Modena")
    cache.clear()


@pytest.fixture
def new_site(db) -> None:
    set_up()


def test_the_front_page_speaks_for_the_foundation(new_site, client: Client):
    response = client.get("/it/", HTTP_HOST="testserver")

    assert response.status_code == 200
    assert "Fondazione Ponte" in response.content.decode()
    assert list(Page.objects.filter(depth=2, live=True).values_list("title", "locale__language_code")) == [
        ("Fondazione Ponte", "it")
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_other_languages_wait_for_their_front_page(new_site, client: Client, language: str):
    response = client.get(f"/{language}/", HTTP_HOST="testserver")

    assert response.status_code == 200
    assert 'class="notice' in response.content.decode()
    assert not HomePage.objects.get(locale__language_code=language).live


def test_languages_topics_and_groups_are_there(new_site):
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"it", "en", "fr", "es", "ar"}
    assert Topic.objects.count() == 5 * 22
    assert Topic.objects.values("translation_key").distinct().count() == 22
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_what_people_chose_since_stays(new_site):
    home = HomePage.objects.get(locale__language_code="it")
    home.title = "Benvenuti"
    home.save_revision().publish()
    SiteSettings.objects.update(email="ciao@example.org")

    set_up()

    assert (HomePage.objects.count(), Site.objects.count()) == (5, 1)
    assert HomePage.objects.get(locale__language_code="it").title == "Benvenuti"
    assert SiteSettings.objects.get().email == "ciao@example.org"


@pytest.mark.parametrize("path", ["", "search/", "enrol/find/", "membership/apply/", "account/login/", "niente/"])
def test_an_empty_site_has_no_dead_links(new_site, client: Client, path: str):
    page = client.get(f"/it/{path}", HTTP_HOST="testserver").content.decode()

    itself = {f"/{code}/{path}" for code in ("it", "en", "fr", "es", "ar")}
    links = {link for link in LINK.findall(page) if not link.startswith(("/static/", "/media/"))} - itself
    assert {link: client.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200)
