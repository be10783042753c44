"""Finding pages by words: the same on both databases."""

import pytest
from django.db import connection, transaction
from django.test import Client

from foundation_site.core.text_search import SearchEntry, SearchWord, asked_words, clean_query, fold, ranked, words
from home.models import NewsIndexPage, NewsPage, StandardPage


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("CITTÀ", "citta"),
        ("éducation", "education"),
        ("مُؤسَّسة", "موسسه"),
        ("إيطاليا", "ايطاليا"),
        ("ﻻ", "لا"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Fær Øer", "faer oer"),
    ],
    ids=[
        "italian accent",
        "french accent",
        "arabic vowels",
        "arabic hamza",
        "arabic ligature",
        "german s",
        "polish stroke",
        "danish letters",
    ],
)
def test_fold(typed: str, folded: str):
    assert fold(typed) == folded


def test_italian_words_meet_without_accent_and_in_plural():
    assert list(words("l’attività", "it")) == list(words("attivita", "it"))
    assert list(words("progetti", "it")) == list(words("progetto", "it"))


def test_little_words_are_left_out_unless_alone():
    assert asked_words("corso di arabo", "it") == ["cors", "arab"]
    assert asked_words("di", "it") == ["di"]


@pytest.mark.parametrize("typed", ["", " ", "\x00", '"', "'; drop table", "*", "a" * 10_000, "\u202earabo", "()&|!:*"])
def test_odd_input_gives_rows_not_errors(db, typed: str):
    assert list(ranked(clean_query(typed), "it")) == []


def test_title_comes_before_body(news_index: NewsIndexPage, publish):
    in_body = publish(news_index, NewsPage(title="Altro", slug="altro", introduction="Si parla di arabo."))
    in_title = publish(news_index, NewsPage(title="Arabo", slug="arabo"))

    found = [row["entry"] for row in ranked("arabo", "it").values("entry")]

    assert found == [SearchEntry.objects.get(page=in_title).pk, SearchEntry.objects.get(page=in_body).pk]


def test_unfinished_word_is_found(news_index: NewsIndexPage, publish):
    page = publish(news_index, NewsPage(title="Mediazione culturale", slug="mediazione"))

    assert list(ranked("mediaz", "it").values_list("entry__page", flat=True)) == [page.pk]


def test_the_beginning_of_a_word_goes_through_the_index(db):
    asked = SearchWord.objects.filter(language="it", word__begins="mediaz").values("entry", "weight")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")  # on an empty table reading all of it is cheapest
        plan = asked.explain()

    # SQLite: a range; PostgreSQL: ~>=~ compares letter by letter, as only this class of operators can
    assert ("word>? AND word<?" if connection.vendor == "sqlite" else "~>=~ 'mediaz'") in plan


def test_unpublished_page_is_forgotten(news_index: NewsIndexPage, publish):
    page = publish(news_index, NewsPage(title="Provvisorio", slug="provvisorio"))
    page.unpublish()

    assert not SearchEntry.objects.filter(page=page.pk).exists()
    assert not SearchWord.objects.filter(word="provvisor").exists()


def test_published_page_can_be_deleted_and_is_not_found_any_more(client: Client, home, publish):
    page = publish(home, StandardPage(title="Calligrafia", slug="calligrafia"))
    assert client.get("/it/search/?q=calligrafia").context["results"].count == 1

    page.delete()

    assert client.get("/it/search/?q=calligrafia").context["results"].count == 0
    assert not SearchEntry.objects.filter(page=page.pk).exists()
