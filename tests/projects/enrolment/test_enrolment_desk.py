"""The staff desk: lists, steps, enrolling by phone, downloads; and who may not."""

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User
from projects.enrolment.models import Draw, Edition, Enrolment

SOON = timezone.localdate() + timedelta(days=30)
LIST = "/admin/enrolment_request/"
LIST_QUERIES, EDITION_QUERIES = 13, 9


@pytest.fixture
def staff(home: Any, client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def edition(home: Any, make_edition: Callable[..., Edition]) -> Edition:
    return make_edition(dates=(SOON,), places=1, party_max=1)


def logged(action: str) -> int:
    return ModelLogEntry.objects.filter(action=action).count()


def test_list_shows_filters_searches_and_is_logged(staff: Client, edition: Edition, make_edition: Any, ask: Any):
    ask(edition, "Giulia", now=timezone.now())
    ask(edition, "Samira", email="", phone="+393330000102", now=timezone.now())
    ask(make_edition("altra", dates=(SOON,)), "Irina", now=timezone.now())

    everybody = staff.get(LIST).content.decode()
    waiting = staff.get(f"{LIST}?edition={edition.pk}&state=waiting").content.decode()
    found = staff.get(f"{LIST}?q=samira").content.decode()

    assert all(name in everybody for name in ("Giulia", "Samira", "Irina"))
    assert [name in waiting for name in ("Giulia", "Samira", "Irina")] == [False, True, False]
    assert [name in found for name in ("Giulia", "Samira", "Irina")] == [False, True, False]
    assert "+39 333 000 0102" in everybody
    assert logged("enrolment.viewed") == 3


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(
    staff: Client, make_edition: Any, ask: Any, number: int, django_assert_num_queries: Any
):
    edition = make_edition(dates=(SOON,), places=5)
    for letter in "abc"[:number]:
        ask(edition, f"Persona {letter}", now=timezone.now())
    staff.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        staff.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_editions_ask_the_same_number_of_questions(
    staff: Client, make_edition: Any, course: Any, number: int, django_assert_num_queries: Any
):
    for index in range(number):
        make_edition(f"e{index}", course=course, dates=(SOON,))
    staff.get("/admin/enrolment_edition/")

    with django_assert_num_queries(EDITION_QUERIES):
        staff.get("/admin/enrolment_edition/")


def test_editions_tell_how_full_they_are(staff: Client, edition: Edition, ask: Any):
    ask(edition, "Giulia", now=timezone.now())

    assert "1 / 1" in staff.get("/admin/enrolment_edition/").content.decode()


def test_csv_is_defused_and_logged(staff: Client, edition: Edition, ask: Any):
    ask(edition, "=HYPERLINK(1)", email="g@example.org", phone="+393330000101", now=timezone.now())

    rows = list(csv.reader(io.StringIO(staff.get(f"{LIST}?export=csv").getvalue().decode())))

    assert rows[1][4:8] == ["'=HYPERLINK(1)", "'=HYPERLINK(1)", "g@example.org", "'+393330000101"]
    assert logged("enrolment.exported") == 1


def test_xlsx_holds_no_formula(staff: Client, edition: Edition, ask: Any):
    ask(edition, "=HYPERLINK(1)", email="g@example.org", now=timezone.now())

    sheet = load_workbook(io.BytesIO(staff.get(f"{LIST}?export=xlsx").getvalue())).active

    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "=HYPERLINK(1)" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_reading_a_request_is_logged_on_it(staff: Client, edition: Edition, ask: Any, superuser: User):
    enrolment = ask(edition, "Giulia", email="", phone="+393330000101", now=timezone.now())

    page = staff.get(f"{LIST}inspect/{enrolment.pk}/").content.decode()

    assert "Giulia" in page
    entry = ModelLogEntry.objects.get(action="enrolment.viewed")
    assert (entry.object_id, entry.user, entry.label) == (str(enrolment.pk), superuser, enrolment.receipt_code)
    assert staff.get(f"{LIST}history/{enrolment.pk}/").status_code == 200


def test_staff_withdraw_and_the_place_is_offered(staff: Client, edition: Edition, ask: Any, superuser: User):
    giulia, samira = (ask(edition, name, now=timezone.now()) for name in ("Giulia", "Samira"))

    staff.post(f"{LIST}withdraw/{giulia.pk}/", {"reason": "ill"})
    staff.post(f"{LIST}accept/{samira.pk}/")

    assert [one.state for one in Enrolment.objects.order_by("pk")] == ["withdrawn", "enrolled"]
    entry = ModelLogEntry.objects.get(action="enrolment.withdrawn")
    assert (entry.user, entry.data) == (superuser, {"reason": "ill"})


def test_a_step_that_is_not_allowed_says_so(staff: Client, edition: Edition, ask: Any):
    giulia = ask(edition, "Giulia", now=timezone.now())

    staff.post(f"{LIST}decline/{giulia.pk}/")

    giulia.refresh_from_db()
    assert giulia.state == "enrolled"


def test_staff_enrol_by_phone_in_the_same_line(staff: Client, edition: Edition, ask: Any):
    ask(edition, "Giulia", now=timezone.now())
    form = {
        "name": "Samira",
        "phone": "333 000 0102",
        "language": "ar",
        "channel": "phone",
        "request_key": str(uuid.uuid4()),
    }

    shown = staff.get(f"{LIST}desk/{edition.pk}/")
    wrong = staff.post(f"{LIST}desk/{edition.pk}/", {**form, "phone": ""})
    staff.post(f"{LIST}desk/{edition.pk}/", form)
    staff.post(f"{LIST}desk/{edition.pk}/", form)

    assert (shown.status_code, wrong.status_code) == (200, 422)
    samira = Enrolment.objects.get(contact_name="Samira")
    assert (samira.state, samira.channel, samira.language) == ("waiting", "phone", "ar")


def edition_form(edition: Edition, **changes: Any) -> dict[str, Any]:
    meeting = edition.meetings.get()
    rows = [
        {
            "id": meeting.pk,
            "date": meeting.date.isoformat(),
            "starts_at": "18:30",
            "ends_at": "20:00",
            "room": "",
            "note": "",
        }
    ]
    return nested_form_data(
        {
            "kind": "course", "label": edition.label, "slug": edition.slug, "status": "published", "enrolment": "arrival", "places": 1, "party_max": edition.party_max, "offer_days": 3, "reminder_days": 3,
            "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome", "names": inline_formset([]), "meetings": inline_formset(rows, initial=1),
            "priorities": inline_formset([]), "criteria": inline_formset([]), "questions": inline_formset([]), **changes,
        }
    )  # fmt: skip


def test_raising_the_places_offers_them(staff: Client, edition: Edition, ask: Any):
    ask(edition, "Giulia", now=timezone.now())
    samira = ask(edition, "Samira", now=timezone.now())

    answer = staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, places=2))

    assert answer.status_code == 302
    samira.refresh_from_db()
    assert samira.state == "offered"
    assert Letter.objects.filter(template="enrolment/mail/offer").count() == 1


def test_places_cannot_be_fewer_than_are_taken(staff: Client, edition: Edition, ask: Any):
    edition.places, edition.party_max = 3, 2
    edition.save()
    ask(edition, "Giulia", "Nadia", now=timezone.now())

    answer = staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, places=1))

    assert answer.status_code == 200
    edition.refresh_from_db()
    assert edition.places == 3


def test_an_edition_is_made_with_its_meetings(staff: Client, home: Any):
    meeting = {"date": SOON.isoformat(), "starts_at": "18:30", "ends_at": "20:00", "room": "2", "note": ""}
    form = nested_form_data(
        {
            "kind": "event", "label": "Festa", "slug": "festa", "status": "published", "enrolment": "arrival", "places": "", "party_max": 4, "offer_days": 3, "reminder_days": 3,
            "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome", "names": inline_formset([{"language": "en", "text": "Party"}]),
            "meetings": inline_formset([meeting]), "priorities": inline_formset([{"kind": "resident"}]), "criteria": inline_formset([]),
            "questions": inline_formset([]),
        }
    )  # fmt: skip

    assert staff.get("/admin/enrolment_edition/new/").status_code == 200
    assert staff.post("/admin/enrolment_edition/new/", form).status_code == 302

    edition = Edition.objects.get(slug="festa")
    assert (edition.title_in("en"), edition.meetings.count()) == ("Party", 1)
    assert edition.terms.get().rules["priorities"] == ["resident"]


def test_a_draw_is_promised_when_its_edition_is_published(staff: Client, edition: Edition):
    closes = f"{SOON.isoformat()} 12:00"
    changes = {"enrolment": "draw", "closes_at": closes, "draws_at": closes}

    answer = staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, **changes))

    assert answer.status_code == 302
    assert len(Draw.objects.get(edition=edition).commitment) == 64
    assert "/enrol/arabo-sera/draw/" in staff.get("/admin/enrolment_edition/").content.decode()


def test_a_draw_without_its_day_is_refused_in_a_sentence(staff: Client, edition: Edition):
    answer = staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, enrolment="draw"))

    assert answer.status_code == 200
    assert "Un sorteggio ha bisogno del numero dei posti" in answer.content.decode()


def selection_form(edition: Edition, *weights: int, **changes: Any) -> dict[str, Any]:
    day = f"{SOON.isoformat()} 12:00"
    criteria = [
        {
            "label": f"Criterio {weight}",
            "weight": weight,
            "highest": 5,
            "names": inline_formset([{"language": "en", "text": f"Criterion {weight}"}]),
        }
        for weight in weights
    ]
    facts = {"enrolment": "selection", "closes_at": day, "decides_at": day, "criteria": inline_formset(criteria)}
    return edition_form(edition, **{**facts, **changes})


def test_a_selection_is_announced_with_its_criteria(staff: Client, edition: Edition):
    path = f"/admin/enrolment_edition/edit/{edition.pk}/"

    without = staff.post(path, selection_form(edition))
    nothing = edition.terms.count()
    answer = staff.post(path, selection_form(edition, 3, 1))

    assert (without.status_code, nothing, answer.status_code) == (200, 0, 302)
    assert [(rule["names"], rule["weight"]) for rule in edition.terms.get().rules["criteria"]] == [
        ({"en": "Criterion 3"}, 3),
        ({"en": "Criterion 1"}, 1),
    ]
    assert f"/admin/enrolment_selection/{edition.pk}/" in staff.get("/admin/enrolment_edition/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"places": 3}, {"decides_at": f"{SOON.isoformat()} 13:00"}, {"criteria": inline_formset([{"label": "C", "weight": 2, "highest": 5, "names": inline_formset([])}])}],
    ids=["places", "day", "criteria"],
)  # fmt: skip
def test_what_a_selection_has_published_stays(staff: Client, edition: Edition, ask: Any, changes: dict[str, Any]):
    path = f"/admin/enrolment_edition/edit/{edition.pk}/"
    staff.post(path, selection_form(edition, 3))
    ask(edition, "Giulia", now=timezone.now())
    criterion = edition.criteria.get()
    names = inline_formset([{"id": criterion.names.get().pk, "language": "en", "text": "Criterion 3"}], initial=1)
    row = {"id": criterion.pk, "ORDER": 1, "label": "Criterio 3", "weight": 3, "highest": 5, "names": names}
    unchanged = {"criteria": inline_formset([row], initial=1)}

    answer = staff.post(path, selection_form(edition, **{**unchanged, **changes}))

    assert answer.status_code == 200
    assert edition.terms.count() == 1
    assert staff.post(path, selection_form(edition, **unchanged)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"offer_days": 5},
        {"offer_in_opening_days": "on"},
        {"age_from": 18},
        {"party_max": 2},
        {"priorities": inline_formset([{"kind": "resident"}])},
    ],
    ids=["days to answer", "opening days", "age", "people in one request", "priorities"],
)
def test_terms_stay_once_somebody_has_asked(staff: Client, edition: Edition, ask: Any, changes: dict[str, Any]):
    form = edition_form(edition)
    staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", form)
    ask(edition, "Giulia", now=timezone.now())

    answer = staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, **changes))

    assert answer.status_code == 200
    assert "Le iscrizioni sono aperte" in answer.content.decode()
    assert edition.terms.count() == 1
    assert staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", form).status_code == 302
    assert staff.get(f"/admin/enrolment_edition/edit/{edition.pk}/").status_code == 200
    assert (
        staff.get("/admin/enrolment_course/").status_code
        == staff.get("/admin/enrolment_course/new/").status_code
        == 200
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "inspect/{request}/",
        "history/{request}/",
        "desk/{edition}/",
        "withdraw/{request}/",
        "accept/{request}/",
        "decline/{request}/",
        "?export=csv",
    ],
)
def test_an_editor_of_pages_sees_no_names(
    home: Any, client: Client, edition: Edition, ask: Any, method: str, path: str
):
    enrolment = ask(edition, "Giulia", now=timezone.now())
    editor = User.objects.create_user("editor@example.org", "a-long-password-for-tests")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    answer = getattr(client, method)(f"{LIST}{path.format(request=enrolment.pk, edition=edition.pk)}")

    assert answer.status_code in {302, 403, 405}
    assert b"Giulia" not in answer.content
    enrolment.refresh_from_db()
    assert enrolment.state == "enrolled"


def test_the_viewer_reads_but_takes_no_step(home: Any, client: Client, edition: Edition, ask: Any):
    enrolment = ask(edition, "Giulia", now=timezone.now())
    viewer = User.objects.create_user("viewer@example.org", "a-long-password-for-tests")
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_enrolment"]))
    client.force_login(viewer)

    page = client.get(f"{LIST}inspect/{enrolment.pk}/")
    client.post(f"{LIST}withdraw/{enrolment.pk}/")

    assert page.status_code == 200
    assert f"{LIST}withdraw/" not in page.content.decode()
    enrolment.refresh_from_db()
    assert enrolment.state == "enrolled"


def test_an_edition_with_requests_is_not_deleted(staff: Client, edition: Edition, ask: Any):
    ask(edition, "Giulia", now=timezone.now())

    staff.get(f"/admin/enrolment_edition/delete/{edition.pk}/")
    answer = staff.post(f"/admin/enrolment_edition/delete/{edition.pk}/")

    assert answer.status_code == 302
    assert Edition.objects.filter(pk=edition.pk).exists()
