"""A city of the register needs no page to be found and shown; one with a page is found once, by its page."""

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction

from associations.models import CityIndexPage, CityPage
from associations.places.models import City, CityName
from foundation_site.core.text_search import SearchEntry
from home.models import HomePage
from projects.models import GoodPracticeIndexPage, GoodPracticePage

LANGUAGES = ["it", "en", "fr", "es", "ar"]


@pytest.fixture
def cities(db) -> dict[str, City]:
    """As the register has them: names in the five languages, and other spellings."""
    rows = {
        "tanger": ("Tanger", "MA", ["Tangeri", "Tangier", "Tanger", "Tánger", "طنجة"], ["Tangiers"]),
        "odesa": ("Odesa", "UA", ["Odessa", "Odesa", "Odessa", "Odesa", "أوديسا"], ["Odessa", "Одеса"]),
        "donostia-san-sebastian": (
            "Donostia / San Sebastián",
            "ES",
            ["San Sebastián", "San Sebastián", "Saint-Sébastien", "San Sebastián", "سان سيباستيان"],
            ["Donostia", "San Sebastian"],
        ),
        "klaksvik": ("Klaksvík", "FO", ["Klaksvík"] * 4 + ["كلاكسفيك"], ["Feroe Islands", "Faroe Islands"]),
    }
    made = {}
    for slug, (name, country, names, aliases) in rows.items():
        city = made[slug] = City(slug=slug, name=name, country=country)
        city.names.set(
            [CityName(language=language, text=text) for language, text in zip(LANGUAGES, names, strict=True)]
            + [CityName(text=alias, alias=True) for alias in aliases]
        )
        city.save()
    return made


@pytest.fixture
def city_index(cities, home: HomePage, publish, django_capture_on_commit_callbacks) -> CityIndexPage:
    with django_capture_on_commit_callbacks(execute=True):
        return publish(home, CityIndexPage(title="Città", slug="citta"))


def found(client: Client, words: str, language: str = "it") -> list[str]:
    return [entry["url"] for entry in client.get(f"/{language}/search/", {"q": words}).context["results"].entries]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Odessa", "odesa"),
        ("Odesa", "odesa"),
        ("Одеса", "odesa"),
        ("Tangeri", "tanger"),
        ("Tanger", "tanger"),
        ("tangier", "tanger"),
        ("طنجة", "tanger"),
        ("Donostia", "donostia-san-sebastian"),
        ("Donostia / San Sebastian", "donostia-san-sebastian"),
        ("san sebastián", "donostia-san-sebastian"),
        ("Feroe", "klaksvik"),
        ("Faroe", "klaksvik"),
    ],
)
def test_city_is_found_by_each_of_its_names_in_every_language(client: Client, city_index, words: str, slug: str):
    assert [found(client, words, language) for language in LANGUAGES] == [
        [f"/{language}/citta/{slug}/"] for language in LANGUAGES
    ]


def test_what_is_found_is_there(client: Client, city_index):
    answers = [client.get(found(client, "Tangeri", language)[0]) for language in LANGUAGES]

    assert [(answer.status_code, answer.context["city"].slug) for answer in answers] == [(200, "tanger")] * 5


def test_results_say_what_it_is_in_the_language_of_the_reader(client: Client, city_index):
    entries = [client.get(f"/{code}/search/?q=tangeri").context["results"].entries[0] for code in ("it", "fr", "ar")]

    assert [(entry["title"], entry["text"]) for entry in entries] == [
        ("Tangeri", "Tanger · Marocco"), ("Tanger", "Maroc"), ("طنجة", "Tanger · المغرب"),
    ]  # fmt: skip
    assert [str(entry["kind"]) for entry in entries] == ["city", "city", "city"]


def test_suggestions_hold_cities(client: Client, city_index):
    assert client.get("/it/search/suggest/?q=tang").json()["suggestions"] == [
        {"title": "Tangeri", "url": "/it/citta/tanger/", "kind": "Città"}
    ]


def test_city_with_a_page_is_found_once_and_again_without(
    client: Client, city_index, cities, publish, django_capture_on_commit_callbacks
):
    page = publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))

    assert found(client, "Tangier") == ["/it/citta/tanger/"]
    assert client.get("/it/search/?q=tangier").context["results"].entries[0]["title"] == "Una porta sul mare"
    assert found(client, "Tangier", "fr") == ["/fr/citta/tanger/"]

    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()

    assert client.get("/it/search/?q=tangier").context["results"].entries[0]["title"] == "Tangeri"


def test_city_whose_page_is_only_a_draft_is_shown_from_the_register(client: Client, city_index, cities):
    city_index.add_child(instance=CityPage(title="Bozza", slug="tanger", city=cities["tanger"], live=False))

    assert client.get("/it/citta/tanger/").context["city"].slug == "tanger"


def test_city_with_a_deleted_page_is_found_by_the_register(
    client: Client, city_index, cities, publish, django_capture_on_commit_callbacks
):
    page = publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))

    with django_capture_on_commit_callbacks(execute=True):
        page.delete()

    assert client.get("/it/search/?q=tangier").context["results"].entries[0]["title"] == "Tangeri"


def test_city_that_is_renamed_is_found_by_its_new_name(
    client: Client, city_index, cities, publish, django_capture_on_commit_callbacks
):
    publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))
    for slug, alias in (("odesa", "Hajibey"), ("tanger", "Tingis")):
        city = City.objects.get(slug=slug)
        city.names.add(CityName(text=alias, alias=True))
        with django_capture_on_commit_callbacks(execute=True):
            city.save()

    assert [found(client, words) for words in ("Hajibey", "Tingis")] == [["/it/citta/odesa/"], ["/it/citta/tanger/"]]


def test_city_that_goes_is_not_found(client: Client, city_index, cities, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cities["odesa"].delete()

    assert found(client, "Odessa") == []


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_without_their_list_cities_have_no_address_and_are_not_found(
    client: Client, city_index, cities, publish, how: str, django_capture_on_commit_callbacks
):
    publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))
    city_index.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        getattr(city_index, how)()

    assert found(client, "Odessa") == []


def test_nothing_is_written_for_a_list_while_it_is_being_deleted(city_index, cities, publish):
    publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))
    city_index.refresh_from_db()

    city_index.delete()

    connection.check_constraints()
    assert not SearchEntry.objects.exclude(record="").exists()


def test_cities_follow_their_list_to_another_address(client: Client, city_index):
    city_index.slug = "luoghi"
    city_index.save_revision().publish()

    assert found(client, "Odessa") == ["/it/luoghi/odesa/"]


def test_cities_of_a_list_behind_a_sign_in_are_told_of_nowhere(client: Client, city_index):
    PageViewRestriction.objects.create(page=city_index, restriction_type="login")

    assert found(client, "Odessa") == []
    assert client.get("/it/search/suggest/?q=odes").json()["suggestions"] == []


# The list


def listed(client: Client, query: str = "", language: str = "it") -> list[str]:
    groups = client.get(f"/{language}/citta/{query}").context["finder"].page.object_list
    return [city["name"] for group in groups for city in group["cities"]]


def test_list_has_all_cities_by_country(client: Client, city_index):
    groups = client.get("/it/citta/").context["finder"].page.object_list

    assert [(group["country"], [city["name"] for city in group["cities"]]) for group in groups] == [
        ("Isole Fær Øer", ["Klaksvík"]), ("Marocco", ["Tangeri"]), ("Spagna", ["San Sebastián"]), ("Ucraina", ["Odessa"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("?q=donos", ["San Sebastián"], id="beginning of another spelling"),
        pytest.param("?q=طنجة", ["Tangeri"], id="name in another language"),
        pytest.param("?q=odessa&country=UA", ["Odessa"], id="words and country"),
        pytest.param("?country=MA&country=UA", ["Tangeri", "Odessa"], id="two countries"),
        pytest.param("?country=MA&kind=borough", [], id="country and kind"),
        pytest.param("?country=XX&kind=abc", ["Klaksvík", "Tangeri", "San Sebastián", "Odessa"], id="unknown values"),
    ],
)
def test_list_is_narrowed_by_words_country_and_kind(client: Client, city_index, query: str, names: list[str]):
    assert listed(client, query) == names


def test_list_finds_a_city_with_a_page_too(client: Client, city_index, cities, publish):
    publish(city_index, CityPage(title="Una porta sul mare", slug="tanger", city=cities["tanger"]))

    assert listed(client, "?q=tangier") == ["Tangeri"]
    assert client.get("/it/citta/?q=tangier").context["told"] == []
    assert [page.title for page in client.get("/it/citta/").context["told"]] == ["Una porta sul mare"]


def test_list_counts_what_a_choice_would_show(client: Client, city_index, cities):
    City.objects.filter(pk=cities["klaksvik"].pk).update(kind="island")

    facets = client.get("/it/citta/?country=MA").context["finder"].facets

    assert [{choice["value"]: choice["count"] for choice in facet["choices"]} for facet in facets] == [
        {"FO": 1, "MA": 1, "ES": 1, "UA": 1}, {"city": 1},
    ]  # fmt: skip


def test_list_costs_the_same_however_it_is_narrowed(client: Client, city_index, django_assert_max_num_queries):
    for query in ("", "?q=odessa&country=UA&kind=city"):
        client.get(f"/it/citta/{query}")
        with django_assert_max_num_queries(10):
            client.get(f"/it/citta/{query}")


# What is told from there


@pytest.fixture
def practice(home: HomePage, publish, cities):
    """Publishes a good practice of some cities."""
    index = publish(home, GoodPracticeIndexPage(title="Buone pratiche", slug="buone-pratiche"))

    def make(slug: str, *of: str) -> GoodPracticePage:
        page = GoodPracticePage(title=slug, slug=slug, start_year=2016)
        for city in of:
            page.cities.add(page.cities.model(city=cities[city]))
        return publish(index, page)

    return make


def practices(client: Client, address: str = "/it/citta/tanger/") -> list[str]:
    return [page.url for page in client.get(address).context["practices"]]


@pytest.mark.parametrize("with_page", [False, True], ids=["without a page", "with a page"])
def test_practices_of_a_city_stand_with_it(client: Client, city_index, cities, practice, publish, with_page: bool):
    practice("porto", "tanger", "odesa")
    practice("altrove", "odesa")
    if with_page:
        publish(city_index, CityPage(title="Tangeri", slug="tanger", city=cities["tanger"]))

    assert practices(client) == ["/it/buone-pratiche/porto/"]


def test_practice_is_told_in_the_language_of_the_reader_where_it_can(client: Client, city_index, practice, locales):
    page = practice("porto", "tanger")
    assert practices(client, "/fr/citta/tanger/") == ["/it/buone-pratiche/porto/"]

    for original in (page.get_parent().get_parent(), page.get_parent(), page):
        original.specific.copy_for_translation(locales["fr"]).save_revision().publish()

    assert practices(client, "/fr/citta/tanger/") == ["/fr/buone-pratiche/porto/"]
    assert practices(client) == ["/it/buone-pratiche/porto/"]


@pytest.mark.parametrize("hidden", ["draft", "behind a sign-in"])
def test_practice_that_not_everybody_may_read_is_not_told(client: Client, city_index, practice, hidden: str):
    page = practice("porto", "tanger")
    if hidden == "draft":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert practices(client) == []
    assert "Non abbiamo ancora scritto di Tangeri" in client.get("/it/citta/tanger/").content.decode()
