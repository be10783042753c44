"""What the dashboard asks of whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation_site.editorial.enums import Role
from home.models import StandardPage

ASKED = "Still true?"


@pytest.fixture
def due(about):
    StandardPage.objects.filter(pk=about.pk).update(review_on=timezone.localdate())
    return about


def test_a_page_whose_day_has_come_is_shown_to_who_may_edit(due, arabic_about, person, signed_in):
    StandardPage.objects.filter(pk=arabic_about.pk).update(review_on=timezone.localdate())

    board = signed_in(person(Role.EDITORS)).get("/admin/").content.decode()

    assert ASKED in board
    assert f"/admin/pages/{due.pk}/edit/" in board
    assert f"/admin/pages/{arabic_about.pk}/edit/" not in board  # the source is looked at; its translations follow


def test_before_its_day_nobody_is_asked(due, person, signed_in):
    StandardPage.objects.filter(pk=due.pk).update(review_on=timezone.localdate() + timedelta(days=1))

    assert ASKED not in signed_in(person(Role.EDITORS)).get("/admin/").content.decode()


def test_who_may_not_edit_pages_is_not_asked(due, person, signed_in):
    assert ASKED not in signed_in(person(Role.COURSE_DESK)).get("/admin/").content.decode()


def test_own_pages_come_first(due, home, publish, person, signed_in):
    editor = person(Role.EDITORS)
    own = publish(home, StandardPage(title="Sportello", slug="sportello"))
    StandardPage.objects.filter(pk=own.pk).update(review_on=timezone.localdate(), owner=editor)
    StandardPage.objects.filter(pk=due.pk).update(review_on=timezone.localdate() - timedelta(days=9))

    board = signed_in(editor).get("/admin/").content.decode().partition(ASKED)[2]

    assert board.index("Sportello") < board.index("Chi siamo")
