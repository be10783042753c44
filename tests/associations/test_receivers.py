from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from associations.membership.domain.admit import announce
from associations.membership.models import Association
from associations.models import AssociationIndexPage, AssociationPage
from associations.receivers import draft_profile_page
from home.models import HomePage


@pytest.fixture
def association(db: None) -> Association:
    return Association.objects.create(
        slug="vele-del-sud", name="Vele del Sud", legal_form="aps", presentation="Donne e uomini del Senegal. " * 8
    )


@pytest.fixture
def index(home: HomePage, publish: Callable[..., Any]) -> AssociationIndexPage:
    return publish(home, AssociationIndexPage(title="Associazioni", slug="associazioni"))


def test_an_admitted_association_gets_a_draft_of_its_page(
    index: AssociationIndexPage, association: Association
) -> None:
    announce(association)

    page = AssociationPage.objects.get()
    assert (page.title, page.slug, page.live, page.association) == ("Vele del Sud", "vele-del-sud", False, association)
    assert page.introduction == association.presentation
    assert page.search_description.startswith("Donne e uomini del Senegal. Donne")
    assert len(page.search_description) <= 155
    assert page.get_parent().specific == index
    assert page.latest_revision is not None


def test_told_twice_there_is_still_one_page(index: AssociationIndexPage, association: Association) -> None:
    announce(association)
    announce(association)

    assert AssociationPage.objects.count() == 1


def test_without_a_list_nothing_happens(home: HomePage, association: Association) -> None:
    assert draft_profile_page(association=association) is None
    assert AssociationPage.objects.count() == 0


def test_an_address_that_is_taken_gets_a_number(
    index: AssociationIndexPage, association: Association, publish: Callable[..., Any]
) -> None:
    other = Association.objects.create(slug="altra", name="Altra", legal_form="aps")
    publish(index, AssociationPage(title="Altra", slug="vele-del-sud", association=other))

    page = draft_profile_page(association=association)

    assert page is not None
    assert page.slug == "vele-del-sud-2"


def test_without_words_of_its_own_the_description_says_what_it_is(
    index: AssociationIndexPage, association: Association
) -> None:
    association.presentation = ""

    page = draft_profile_page(association=association)

    assert page is not None
    assert "Vele del Sud" in page.search_description
    assert page.full_clean() is None


def test_a_list_that_cannot_take_it_does_not_undo_the_admission(
    index: AssociationIndexPage, association: Association, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise ValidationError("no")

    monkeypatch.setattr(AssociationPage, "save", refuse)

    announce(association)

    assert Association.objects.get() == association
    assert "failed for" in caplog.text
