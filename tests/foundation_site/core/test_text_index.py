"""What can be found is what stands in the registers now, not what stood there when a page was published."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from associations.membership.models import Association, AssociationCommunity
from associations.models import AssociationIndexPage, AssociationPage, CityIndexPage
from associations.places.models import City
from foundation_site.core.text_search import SearchEntry
from home.models import HomePage, NewsIndexPage, NewsPage
from projects.agreements.models import Agreement, AgreementLabel
from projects.models import AgreementIndexPage, AgreementPage


@pytest.fixture
def agreement(db) -> Agreement:
    return Agreement.objects.create(slug="zara", kind="twinning", partner="Zadar", country="HR")


@pytest.fixture
def agreement_page(home: HomePage, publish, agreement: Agreement) -> AgreementPage:
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))
    return publish(index, AgreementPage(title="Un gemellaggio", slug="gemellaggio", agreement=agreement))


def found(client: Client, words: str, language: str = "it") -> list[str]:
    return [entry["url"] for entry in client.get(f"/{language}/search/", {"q": words}).context["results"].entries]


def test_page_is_found_by_the_new_name_in_its_record(
    client: Client, agreement: Agreement, agreement_page, django_capture_on_commit_callbacks
):
    agreement.partner = "Dubrovnik"
    agreement.labels.add(AgreementLabel(what="partner", language="it", text="Ragusa"))
    with django_capture_on_commit_callbacks(execute=True):
        agreement.save()

    assert [found(client, words) for words in ("Dubrovnik", "Ragusa")] == [["/it/accordi/gemellaggio/"]] * 2
    assert found(client, "Zadar") == []


def test_draft_is_not_found_when_its_record_changes(
    client: Client, agreement: Agreement, agreement_page, django_capture_on_commit_callbacks
):
    agreement_page.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        agreement.save()

    assert found(client, "Zadar") == []


def test_page_speaks_the_names_of_its_language_whoever_publishes_it(client: Client, home, locales, publish):
    """Here an editor with an Italian desk publishes a French page."""
    association = Association.objects.create(slug="a", name="Passi", legal_form="aps")
    AssociationCommunity.objects.create(association=association, country="DE")
    french = home.copy_for_translation(locales["fr"])
    french.save_revision().publish()
    index = publish(french, AssociationIndexPage(title="Associations", slug="associazioni", locale=locales["fr"]))
    publish(index, AssociationPage(title="Pas", slug="passi", association=association, locale=locales["fr"]))

    assert found(client, "Allemagne", "fr") == ["/fr/associazioni/passi/"]


def test_page_keeps_being_found_where_it_is(client: Client, news_index: NewsIndexPage, publish):
    publish(news_index, NewsPage(title="Calligrafia", slug="calligrafia"))
    news_index.slug = "novita"
    news_index.save_revision().publish()

    assert found(client, "calligrafia") == ["/it/novita/calligrafia/"]


def test_rebuilding_mends_what_was_written_behind_the_back_of_the_site(client: Client, home, publish, agreement_page):
    publish(home, CityIndexPage(title="Città", slug="citta"))
    gone = publish(home, NewsIndexPage(title="Sparita", slug="sparita"))
    NewsIndexPage.objects.filter(pk=gone.pk).update(live=False)
    Agreement.objects.update(partner="Dubrovnik")
    City.objects.bulk_create([City(slug="odesa", name="Odesa", country="UA")])
    said = StringIO()

    call_command("rebuild_search", stdout=said)

    assert [found(client, words) for words in ("Dubrovnik", "Odesa", "Zadar", "Sparita")] == [
        ["/it/accordi/gemellaggio/"], ["/it/citta/odesa/"], [], [],
    ]  # fmt: skip
    assert said.getvalue() == f"{SearchEntry.objects.count()} entries in the search.\n"
