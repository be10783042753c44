"""House rules that code can check; each is broken here once."""

import base64

import pytest
from django.apps import apps
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from foundation_site.core import checks
from foundation_site.core.models import Topic
from home.models import StandardPage
from projects.models import GoodPracticePage


def found(errors: list) -> list[str]:
    return [error.id for error in errors]


def test_house_keeps_its_rules():
    assert checks.pages_state_their_place(None) == []
    assert checks.private_files_have_a_key(None) == []
    assert checks.facts_are_the_same_in_every_language(None) == []


def test_page_type_that_does_not_say_where_it_stands_is_found(monkeypatch):
    class Homeless(StandardPage):
        class Meta:
            app_label = "home"
            proxy = True

    class Stranger(Page):
        parent_page_types: list[str] = []
        subpage_types: list[str] = []

        class Meta:
            app_label = "home"
            proxy = True

    for model in (Homeless, Stranger):
        apps.all_models["home"].pop(model._meta.model_name, None)
    monkeypatch.setattr(apps, "get_models", lambda: [Homeless, Stranger])

    assert found(checks.pages_state_their_place(None)) == ["core.E002", "core.E002", "core.E001"]


def test_fact_that_a_translation_could_change_or_lack_is_found(monkeypatch):
    loose = [SynchronizedField("slug"), SynchronizedField("grant", overridable=False)]
    monkeypatch.setattr(GoodPracticePage, "override_translatable_fields", loose)
    monkeypatch.setattr(Topic, "translatable_fields", [TranslatableField("name"), TranslatableField("slug")])

    errors = checks.facts_are_the_same_in_every_language(None)

    assert set(found(errors)) == {"core.E004"}
    assert {error.msg.split(" ")[0] for error in errors} == {
        *(f"GoodPracticePage.{name}" for name in ("review_on", "start_year", "end_year", "ongoing", "source_url")),
        "GoodPracticePage.topics", "GoodPracticePage.cities", "Topic.slug", "Topic.order",
    }  # fmt: skip


@pytest.mark.parametrize(
    "key", ["", "not base64!", base64.b64encode(b"short").decode()], ids=["none", "not base64", "too short"]
)
def test_useless_key_of_private_files_is_found(settings, key: str):
    settings.PRIVATE_FILES_KEY = key

    assert found(checks.private_files_have_a_key(None)) == ["core.E003"]


@pytest.mark.parametrize(
    ("address", "processes", "ids"),
    [("", 1, []), ("", 3, ["core.W001"]), ("redis://cache", 3, [])],
    ids=["one process", "several without a cache", "several with one cache"],
)
def test_several_processes_need_one_cache(settings, address: str, processes: int, ids: list[str]):
    settings.REDIS_URL, settings.WEB_CONCURRENCY = address, processes

    assert found(checks.one_cache_for_all_processes(None)) == ids
