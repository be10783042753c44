"""The desk: closing a waiting list, who is to be told first, who is to be called; and who may not."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation_site.users.models import User
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.enrol import Contact
from projects.enrolment.domain.interest import ask_to_be_told, confirm_interest
from projects.enrolment.models import Course, Interest

SOON = timezone.localdate() + timedelta(days=30)
LIST = "/admin/enrolment_interest/"
LIST_QUERIES = 12


@pytest.fixture
def staff(home: Any, client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def wish(course: Course):
    def make(name: str, *, confirmed: bool = True, **facts: str) -> Interest:
        facts = facts or {"email": f"{name.lower()}@example.org"}
        contact = Contact(name=name, language="it", **facts)
        interest = ask_to_be_told(course, contact=contact, now=timezone.now())
        return confirm_interest(interest, now=timezone.now()) if confirmed else interest

    return make


def logged(action: str) -> int:
    return ModelLogEntry.objects.filter(action=action).count()


@pytest.fixture
def everybody(wish, make_edition, course) -> dict[str, Interest]:
    """One in each state."""
    told, to_call = wish("Giulia"), wish("Samira", phone="+393330000102")
    announce(make_edition(course=course, dates=(SOON,)), now=timezone.now())
    return {"told": told, "to_call": to_call, "open": wish("Irina"), "unconfirmed": wish("Mei", confirmed=False)}


@pytest.mark.parametrize("state", ["told", "to_call", "open", "unconfirmed"])
def test_list_is_filtered_by_state_and_logged(staff: Client, everybody, state):
    names = {"told": "Giulia", "to_call": "Samira", "open": "Irina", "unconfirmed": "Mei"}

    page = staff.get(f"{LIST}?state={state}").content.decode()

    assert [key for key, name in names.items() if name in page] == [state]
    assert ModelLogEntry.objects.get(action="enrolment.viewed").data == {"filters": ["state"]}


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(staff: Client, wish, number, django_assert_num_queries):
    for letter in "abc"[:number]:
        wish(f"Persona{letter}")
    staff.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        staff.get(LIST)


def test_courses_tell_how_many_are_to_be_told_and_called(staff: Client, everybody, wish, course):
    wish("Fatou")
    Course.objects.create(slug="altro", label="Altro", kind="other")

    page = staff.get("/admin/enrolment_course/")

    rows = {row.label: (row.to_tell, row.to_call) for row in page.context["object_list"]}
    assert rows == {"Arabo": (2, 1), "Altro": (0, 0)}
    assert f"{LIST}?course={course.pk}" in page.content.decode()


def test_downloading_is_logged_and_defused(staff: Client, wish):
    wish("=HYPERLINK(1)", phone="+393330000102")

    rows = list(csv.reader(io.StringIO(staff.get(f"{LIST}?export=csv").getvalue().decode())))

    assert rows[1][:5] == ["Arabo", "open", "'=HYPERLINK(1)", "", "'+393330000102"]
    assert logged("enrolment.exported") == 1


def test_who_was_called_is_told(staff: Client, everybody, superuser):
    to_call = everybody["to_call"]
    page = staff.get(f"{LIST}inspect/{to_call.pk}/").content.decode()
    assert "+39 333 000 0102" in page
    assert f'action="{LIST}called/{to_call.pk}/"' in page

    staff.post(f"{LIST}called/{to_call.pk}/")

    to_call.refresh_from_db()
    assert to_call.told_at
    assert ModelLogEntry.objects.get(action="enrolment.told", user=superuser).object_id == str(to_call.pk)
    assert f'action="{LIST}called/' not in staff.get(f"{LIST}inspect/{to_call.pk}/").content.decode()
    assert staff.get(f"{LIST}history/{to_call.pk}/").status_code == 200


def test_a_wish_is_deleted_for_who_phones(staff: Client, everybody, superuser):
    staff.post(f"{LIST}take_out/{everybody['open'].pk}/")

    assert not Interest.objects.filter(pk=everybody["open"].pk).exists()
    assert ModelLogEntry.objects.get(action="enrolment.taken_out").user == superuser
    assert staff.get("/admin/reports/site-history/").status_code == 200


def test_staff_close_the_list_with_a_reason(staff: Client, make_edition, ask):
    edition = make_edition(dates=(SOON,), places=1, closes_at=timezone.now() + timedelta(days=1))
    for name in ("Giulia", "Samira"):
        ask(edition, name, now=timezone.now())
    url = f"/admin/enrolment_request/close/{edition.pk}/"
    assert url in staff.get("/admin/enrolment_edition/").content.decode()

    early = staff.post(url, {"reason": "The room is too small."})
    edition.closes_at = timezone.now() - timedelta(hours=1)
    edition.save()
    empty = staff.post(url, {"reason": ""})
    done = staff.post(url, {"reason": "The room is too small."})

    assert (early.status_code, empty.status_code, done.status_code) == (422, 422, 302)
    assert [request.state for request in edition.enrolments.all()] == ["enrolled", "turned_away"]
    assert url not in staff.get("/admin/enrolment_edition/").content.decode()


@pytest.mark.parametrize("path", ["enrolment_interest/", "enrolment_interest/inspect/{wish}/", "enrolment_request/close/{edition}/"])  # fmt: skip
def test_who_may_only_look_at_courses_gets_nothing(client: Client, home, wish, make_edition, path):
    user = User.objects.create_user("look@example.org", "a-long-password-for-tests")
    user.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", "view_course")))
    client.force_login(user)

    response = client.get(f"/admin/{path}".format(wish=wish("Giulia").pk, edition=make_edition().pk))

    assert response.status_code == 302
    assert logged("enrolment.viewed") == 0


@pytest.mark.parametrize("step", ["called", "take_out"])
def test_who_may_only_read_changes_nothing(client: Client, home, everybody, step):
    user = User.objects.create_user("look@example.org", "a-long-password-for-tests")
    user.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", "view_interest")))
    client.force_login(user)

    client.post(f"{LIST}{step}/{everybody['to_call'].pk}/")

    assert Interest.objects.get(pk=everybody["to_call"].pk).told_at is None
    assert client.get(f"{LIST}inspect/{everybody['to_call'].pk}/").status_code == 200
