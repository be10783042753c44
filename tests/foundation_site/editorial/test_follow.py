"""One address in every language: translations follow the Italian page where it goes, and go offline with it."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from editorial_kit import ABOUT_TEXTS, HOME_TEXTS, translation_of
from page_forms import ALWAYS
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from associations.places.models import City
from foundation_site.editorial.follow import follow
from foundation_site.editorial.translations import publish_translation
from home.models import StandardPage
from projects.models import GoodPracticeIndexPage, GoodPracticePage


@pytest.fixture
def change(django_capture_on_commit_callbacks):
    """Renames a page by publishing it, or moves it, to the end: what waits for the commit included."""

    def make(page, *, slug="", under=None):
        with django_capture_on_commit_callbacks(execute=True):
            page = Page.objects.get(pk=page.pk).specific
            if slug:
                page.slug = slug
                page.save_revision().publish()
            if under:
                page.move(under, pos="last-child")

    return make


@pytest.fixture
def english_about(about, arabic_about, locales):
    publish_translation(about.get_parent().specific, locales["en"], {**HOME_TEXTS, "title": "Foundation"})
    return publish_translation(about, locales["en"], {**ABOUT_TEXTS, "title": "About us"})


def addresses(page) -> dict[str, str]:
    return {one.locale.language_code: one.url for one in Page.objects.filter(translation_key=page.translation_key)}


def in_each(path: str) -> dict[str, str]:
    return {code: f"/{code}/{path}" for code in ("it", "en", "ar")}


# Slug and place


def test_new_slug_is_the_same_in_every_language(client: Client, about, english_about, change):
    change(about, slug="noi")

    assert addresses(about) == in_each("noi/")
    response = client.get("/en/noi/")
    assert (response.context["page"].title, response.context["language_notice"]) == ("About us", False)
    assert [link["url"] for link in response.context["alternates"]] == [
        f"http://testserver/{code}/noi/" for code in ("it", "en", "ar")
    ]


def test_pages_below_come_along(about, english_about, publish, change, locales):
    story = publish(about, StandardPage(title="Storia", slug="storia"))
    publish_translation(story, locales["ar"], {"title": "تاريخ", "search_description": "تاريخ."})

    change(about, slug="noi")

    assert addresses(story) == {"it": "/it/noi/storia/", "ar": "/ar/noi/storia/"}


def test_page_that_moves_takes_its_translations_along(about, english_about, home, publish, change, locales):
    other = publish(home, StandardPage(title="Altro", slug="altro"))
    for code in ("ar", "en"):
        publish_translation(other, locales[code], {"title": "آخر", "search_description": "آخر."})

    change(about, under=other)

    assert addresses(about) == in_each("altro/chi-siamo/")
    assert {page.get_parent().locale_id for page in Page.objects.filter(slug="chi-siamo")} == {
        locales[code].pk for code in ("it", "en", "ar")
    }


def test_where_the_place_is_not_translated_it_becomes_a_draft(
    client, about, arabic_about, home, publish, change, locales
):
    other = publish(home, StandardPage(title="Altro", slug="altro"))

    change(about, under=other)

    assert addresses(about) == {"it": "/it/altro/chi-siamo/", "ar": "/ar/altro/chi-siamo/"}
    assert other.get_translation(locales["ar"]).live is False
    assert client.get("/ar/altro/chi-siamo/").context["page"].title == "من نحن"
    assert client.get("/ar/altro/").context["language_notice"] is True


def test_translation_that_goes_alone_comes_back(about, arabic_about, home, publish, change, locales):
    other = publish(home, StandardPage(title="Altro", slug="altro"))
    arabic_other = publish_translation(other, locales["ar"], {"title": "آخر", "search_description": "آخر."})

    change(arabic_about, under=arabic_other)

    assert addresses(about) == {"it": "/it/chi-siamo/", "ar": "/ar/chi-siamo/"}


def test_translation_that_is_renamed_alone_is_called_as_before(about, arabic_about, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        arabic_about.slug = "man-nahnu"
        arabic_about.save()

    assert addresses(about) == {"it": "/it/chi-siamo/", "ar": "/ar/chi-siamo/"}


def test_version_of_a_translation_does_not_bring_the_old_slug_back(about, arabic_about, change, locales):
    version = arabic_about.save_revision()
    change(about, slug="noi")

    version.refresh_from_db()
    version.publish()

    assert addresses(about) == {"it": "/it/noi/", "ar": "/ar/noi/"}


def test_sentences_that_were_stored_before_do_not_bring_the_old_slug_back(
    about, arabic_about, change, locales, superuser
):
    translation = translation_of(about, locales["ar"])
    change(about, slug="noi")

    translation.save_target(user=superuser, publish=False)
    arabic = Page.objects.get(pk=arabic_about.pk).specific
    arabic.latest_revision.publish()

    assert json.loads(translation.source.content_json)["slug"] == "chi-siamo"
    assert addresses(about) == {"it": "/it/noi/", "ar": "/ar/noi/"}


def test_front_pages_keep_their_names(about, arabic_about, home, change):
    change(home, slug="casa")

    assert addresses(about) == {"it": "/it/chi-siamo/", "ar": "/ar/chi-siamo/"}
    assert set(Page.objects.filter(depth=2).values_list("slug", flat=True)) == {"casa", "home-ar"}


def test_copy_that_repeats_the_page_in_another_language_follows_too(about, arabic_home, change, locales):
    about.copy_for_translation(locales["ar"], alias=True)

    change(about, slug="noi")

    assert addresses(about) == {"it": "/it/noi/", "ar": "/ar/noi/"}


def test_page_that_stands_in_the_way_is_told_of(about, arabic_about, publish, caplog):
    """It cannot be made in the editor; an import may do it."""
    publish(arabic_about.get_parent(), StandardPage(title="X", slug="noi"))

    about.slug = "noi"
    about.save(clean=False)
    follow(about)

    assert addresses(about) == {"it": "/it/noi/", "ar": "/ar/chi-siamo/"}
    assert "من نحن” stays where it is" in caplog.text


# Offline


def test_translations_go_offline_with_their_source(client: Client, about, english_about):
    about.unpublish()

    assert [client.get(f"/{code}/chi-siamo/").status_code for code in ("it", "en", "ar", "fr")] == [404] * 4
    assert not Page.objects.live().filter(translation_key=about.translation_key).exists()


def test_translations_go_offline_when_their_source_is_deleted(client: Client, about, english_about):
    about.delete()

    assert [client.get(f"/{code}/chi-siamo/").status_code for code in ("it", "en", "ar", "fr")] == [404] * 4
    assert Page.objects.filter(translation_key=about.translation_key).count() == 2


def test_translation_can_go_offline_alone(client: Client, about, english_about, arabic_about):
    arabic_about.unpublish()

    assert client.get("/ar/chi-siamo/").context["text_language"].code == "it"
    assert [client.get(f"/{code}/chi-siamo/").context["language_notice"] for code in ("it", "en")] == [False, False]


def test_page_that_expires_takes_its_translations_along(about, arabic_about):
    StandardPage.objects.filter(pk=about.pk).update(expire_at=timezone.now() - timedelta(hours=1))

    call_command("publish_scheduled")

    arabic_about.refresh_from_db()
    assert (arabic_about.live, arabic_about.expired) == (False, True)


def test_translation_that_was_approved_later_stands_in_for_nothing(client: Client, about, english_about, arabic_about):
    about.unpublish()
    english_about.refresh_from_db()
    english_about.latest_revision.publish()

    answers = {code: client.get(f"/{code}/chi-siamo/").status_code for code in ("it", "en", "ar")}

    assert answers == {"it": 404, "en": 200, "ar": 404}


@pytest.mark.parametrize(
    "address",
    ["/admin/pages/{}/unpublish/", "/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/unpublish/?id={}"],
    ids=["unpublished", "deleted", "unpublished in bulk"],
)
def test_editor_is_told_that_translations_went_offline(publisher, about, arabic_about, address: str):
    response = publisher.post(address.format(about.pk), follow=True)

    told = [str(message).strip() for message in response.context["messages"]]
    assert "Anche le traduzioni non sono più in linea; ognuna torna quando viene ripubblicata." in told
    arabic_about.refresh_from_db()
    assert not arabic_about.live


def test_editor_is_told_before_that_translations_will_go_offline(signed_in, superuser, about, english_about):
    page = signed_in(superuser).get(f"/admin/pages/{about.pk}/unpublish/")

    assert page.context["translation_count"] == 2


# By hand


def by_hand(page: Page, **values) -> dict:
    """What the plain editor sends for a translation that no longer takes its sentences from the translation editor."""
    return nested_form_data(
        {**ALWAYS, "title": page.title, "body": streamfield([]), "comments": inline_formset([]), **values}
    )


def test_slug_of_a_translation_cannot_be_typed(
    publisher, about, arabic_about, locales, django_capture_on_commit_callbacks
):
    translation_of(about, locales["ar"]).delete()
    data = by_hand(arabic_about, slug="man-nahnu")

    with django_capture_on_commit_callbacks(execute=True):
        publisher.post(f"/admin/pages/{arabic_about.pk}/edit/", {**data, "action-publish": "action-publish"})

    arabic_about.refresh_from_db()
    assert (arabic_about.slug, arabic_about.search_description) == ("chi-siamo", "Di che cosa parla.")


def test_facts_of_a_translation_cannot_be_typed(publisher, home, arabic_home, publish, locales):
    turin, lublin = (City.objects.create(slug=slug, name=slug, country="IT") for slug in ("torino", "lublin"))
    index = publish(home, GoodPracticeIndexPage(title="Buone pratiche", slug="buone-pratiche"))
    page = GoodPracticePage(title="Orti", slug="orti", search_description="x", start_year=2016)
    page.cities.add(page.cities.model(city=turin))
    publish(index, page)
    publish_translation(index, locales["ar"], {"title": "ممارسات", "search_description": "س"})
    arabic = publish_translation(page, locales["ar"], {"title": "حدائق", "search_description": "س"})
    translation_of(page, locales["ar"]).delete()
    row = arabic.cities.get()
    cities = inline_formset(
        [{"id": str(row.pk), "city": str(lublin.pk)}, {"id": "", "city": str(lublin.pk)}], initial=1
    )
    data = by_hand(arabic, start_year="1999", end_year="", ongoing="on", date_text="", topics=[], grant="", source_title="X", source_url="", cities=cities)  # fmt: skip

    response = publisher.post(f"/admin/pages/{arabic.pk}/edit/", {**data, "action-publish": "action-publish"})

    assert response.status_code == 302
    arabic = GoodPracticePage.objects.get(pk=arabic.pk)
    assert (arabic.start_year, arabic.ongoing, arabic.source_title) == (2016, False, "")
    assert [row.city for row in arabic.cities.all()] == [turin]
    assert arabic.search_description == "Di che cosa parla."
