"""Running an edition at the desk: its page, attendance, certificates, papers, messages; and what teachers may."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from foundation_site.core.mail.models import Letter
from foundation_site.core.site_settings import SiteSettings
from foundation_site.editorial.enums import Role
from foundation_site.editorial.setup import set_up_editorial
from foundation_site.users.models import User
from projects.enrolment.domain.draw import promise_draw
from projects.enrolment.domain.mark import mark
from projects.enrolment.models import Attendance, Certificate, Edition, Enrolment, Message, Terms
from projects.enrolment.viewsets import EditionViewSet, EnrolmentViewSet

TODAY = timezone.localdate()
DESK = "/admin/enrolment_edition/"
RUN_QUERIES, MEETING_QUERIES, SHEET_QUERIES = 15, 13, 9
EACH_PAGE = (
    "run/{edition}/", "run/{edition}/attendance/{meeting}/", "run/{edition}/sheet/", "run/{edition}/copy/", "run/{edition}/message/",
    "run/{edition}/draw/", "run/{edition}/certify/", "run/{edition}/certificate/{certificate}.pdf", "cancel/{edition}/", "", "new/", "edit/{edition}/",
    "delete/{edition}/", "history/{edition}/", "history-results/{edition}/", "usage/{edition}/", "results/",
)  # fmt: skip
EACH_REQUEST_PAGE = (
    "", "results/", "?export=csv", "history-results/{request}/", "inspect/{request}/", "history/{request}/", "receipt/{request}/", "desk/{edition}/", "close/{edition}/", "confirm/{request}/",
    "accept/{request}/", "decline/{request}/", "withdraw/{request}/",
)  # fmt: skip
FOR_TEACHERS = {"run/{edition}/", "run/{edition}/attendance/{meeting}/", "run/{edition}/sheet/"}


@pytest.fixture
def staff(home, client, superuser):
    client.force_login(superuser)
    UserProfile.objects.create(user=superuser, preferred_language="en")
    return client


@pytest.fixture
def edition(home, make_edition):
    """A month ago, last week, today and in a week."""
    days = (-30, -7, 0, 7)
    return make_edition(dates=tuple(TODAY + timedelta(days=day) for day in days), places=40)


@pytest.fixture
def enrolled(edition, ask):
    return ask(edition, "Samira", phone="+393330000102", now=timezone.now() - timedelta(days=40))


def meetings(edition):
    return list(edition.meetings.all())


def end(edition):
    """Only what has been is left: the edition is over."""
    edition.meetings.filter(date__gte=TODAY).delete()


def page(client, path):
    answer = client.get(f"{DESK}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def logged(action):
    return ModelLogEntry.objects.filter(action=action)


# The page of an edition


def test_the_page_tells_how_full_it_is_and_leads_on(staff, edition, enrolled, ask):
    edition.places = 1
    edition.save()
    ask(edition, "Giulia", now=timezone.now())

    text = page(staff, f"run/{edition.pk}/")

    assert "1 / 1 taken, of these 0 offered" in text
    assert "1 waiting" in text
    assert "Samira" in text
    for path in (
        f"/admin/enrolment_request/?edition={edition.pk}", f"/admin/enrolment_request/?edition={edition.pk}&amp;export=xlsx",
        f"/admin/enrolment_request/desk/{edition.pk}/", f"{DESK}run/{edition.pk}/sheet/", f"{DESK}run/{edition.pk}/copy/",
        f"{DESK}run/{edition.pk}/message/", f"{DESK}edit/{edition.pk}/",
    ):  # fmt: skip
        assert f'href="{path}"' in text, path
    assert logged("enrolment.viewed").get().object_id == str(edition.pk)
    assert f"{DESK}run/{edition.pk}/" in page(staff, "")


def test_only_meetings_that_have_come_can_be_marked(staff, edition, enrolled):
    first, last_week, _today, to_come = meetings(edition)
    last_week.cancelled = True
    last_week.save()

    text = page(staff, f"run/{edition.pk}/")
    answers = [staff.get(f"{DESK}run/{edition.pk}/attendance/{meeting.pk}/") for meeting in (first, last_week, to_come)]

    assert f"/attendance/{first.pk}/" in text
    assert f"/attendance/{last_week.pk}/" not in text
    assert f"/attendance/{to_come.pk}/" not in text
    assert [answer.status_code for answer in answers] == [200, 302, 302]


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("run/{edition}/", RUN_QUERIES),
        ("run/{edition}/attendance/{meeting}/", MEETING_QUERIES),
        ("run/{edition}/sheet/", SHEET_QUERIES),
    ],
    ids=["page", "attendance", "sheet"],
)
def test_pages_ask_the_same_number_of_questions(
    staff, edition, crowd, number, path, queries, django_assert_num_queries
):
    crowd(edition, number, at=meetings(edition)[0])
    address = path.format(edition=edition.pk, meeting=meetings(edition)[0].pk)
    page(staff, address)

    with django_assert_num_queries(queries):
        text = page(staff, address)

    assert text.count("Persona ") == number


# Copy


def test_copying_leads_to_the_form_of_the_copy(staff, edition, enrolled):
    first_day = meetings(edition)[0].date + timedelta(weeks=20)
    form = {"label": "Primavera", "slug": "primavera", "first_day": first_day.isoformat()}

    shown = page(staff, f"run/{edition.pk}/copy/")
    answer = staff.post(f"{DESK}run/{edition.pk}/copy/", form)
    again = staff.post(f"{DESK}run/{edition.pk}/copy/", form)

    copy = Edition.objects.get(slug="primavera")
    assert 'name="first_day"' in shown
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}edit/{copy.pk}/")
    assert staff.get(answer["Location"]).status_code == 200
    assert [meeting.date - timedelta(weeks=20) for meeting in meetings(copy)] == [one.date for one in meetings(edition)]
    assert (again.status_code, Edition.objects.count()) == (422, 2)


def test_a_copy_on_another_weekday_is_refused_in_a_sentence(staff, edition):
    first_day = meetings(edition)[0].date + timedelta(days=141)

    answer = staff.post(
        f"{DESK}run/{edition.pk}/copy/", {"label": "P", "slug": "p", "first_day": first_day.isoformat()}
    )

    assert answer.status_code == 422
    assert "The weekdays stay as they are" in answer.content.decode()


# Attendance


def test_one_tap_marks_a_person_and_the_next_takes_it_back(staff, edition, enrolled, superuser):
    person, today = enrolled.participants.get(), meetings(edition)[2]
    address = f"{DESK}run/{edition.pk}/attendance/{today.pk}/"

    before = staff.get(address).content.decode()
    answers = [staff.post(address, {"participant": person.pk, "present": "1"}) for _tap in range(2)]
    after = staff.get(address).content.decode()
    staff.post(address, {"participant": person.pk, "present": "0"})

    assert 'value="1" aria-pressed="false"' in before
    assert 'value="0" aria-pressed="true"' in after
    assert {answer["Location"] for answer in answers} == {f"{address}#person-{person.pk}"}
    marked = Attendance.objects.get()
    assert (marked.meeting, marked.present, marked.marked_by) == (today, False, superuser)
    assert logged("enrolment.marked").count() == 2
    assert logged("enrolment.viewed").count() == 2


@pytest.mark.parametrize("who", ["", "x", "0", "9" * 30, "\x00"])
def test_a_tap_on_nobody_is_not_found(staff, edition, who):
    address = f"{DESK}run/{edition.pk}/attendance/{meetings(edition)[0].pk}/"

    assert staff.post(address, {"participant": who, "present": "1"}, follow=True).status_code == 404


def test_a_meeting_with_marks_is_not_deleted_from_the_form(staff, edition, enrolled, superuser):
    edition.meetings.exclude(pk=meetings(edition)[0].pk).delete()
    form = form_of(edition)
    mark(enrolled.participants.get(), meetings(edition)[0], present=True, now=timezone.now(), by=superuser)

    answer = staff.post(f"{DESK}edit/{edition.pk}/", form)

    assert answer.status_code == 200
    assert "Cancel it instead" in answer.content.decode()
    assert edition.meetings.count() == 1


def form_of(edition):
    """The edit view's form with the edition's one meeting, to be deleted, and one that was added and taken out again."""
    (meeting,) = meetings(edition)
    row = {
        "id": meeting.pk, "date": meeting.date.isoformat(), "starts_at": "18:30", "ends_at": "20:00", "room": "", "note": "", "DELETE": "on",
    }  # fmt: skip
    facts = {
        "kind": "course", "label": edition.label, "slug": edition.slug, "status": "published", "enrolment": "arrival", "places": 40,
        "offer_days": 3, "reminder_days": 3, "party_max": 1, "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome",
    }  # fmt: skip
    rows = {
        "names": inline_formset([]),
        "meetings": inline_formset([row, {**row, "id": ""}], initial=1),
        **{name: inline_formset([]) for name in ("priorities", "criteria", "questions")},
    }
    return nested_form_data({**facts, **rows})


# Certificates


def test_certificates_are_issued_by_a_button_and_can_be_printed(staff, edition, enrolled, superuser):
    end(edition)
    for meeting in meetings(edition):
        mark(enrolled.participants.get(), meeting, present=True, now=timezone.now(), by=superuser)

    before = page(staff, f"run/{edition.pk}/")
    for _press in range(2):
        staff.post(f"{DESK}run/{edition.pk}/certify/")
    after = page(staff, f"run/{edition.pk}/")
    certificate = Certificate.objects.get()
    file = staff.get(f"{DESK}run/{edition.pk}/certificate/{certificate.pk}.pdf")

    assert f"{DESK}run/{edition.pk}/certify/" in before
    assert certificate.code in after
    assert file.content.startswith(b"%PDF-")
    assert certificate.code in staff.get(f"/admin/enrolment_request/inspect/{enrolled.pk}/").content.decode()


def test_too_early_for_certificates_says_so(staff, edition, enrolled):
    answer = staff.post(f"{DESK}run/{edition.pk}/certify/", follow=True)

    assert "Certificates are issued when the last meeting has ended." in answer.content.decode()
    assert f"{DESK}run/{edition.pk}/certify/" not in answer.content.decode()


# Papers


def test_the_sheet_has_names_and_a_column_for_each_meeting_held(staff, edition, ask):
    samira = ask(edition, "Samira", now=timezone.now())
    samira.participants.update(name_own_script="سميرة")
    last = meetings(edition)[3]
    last.cancelled = True
    last.save()

    text = page(staff, f"run/{edition.pk}/sheet/")

    assert ("Samira" in text, "سميرة" in text, samira.email in text) == (True, True, False)
    assert text.count('<th scope="col">') == 4
    assert logged("enrolment.viewed").count() == 1


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("it", "ltr")])
def test_the_receipt_is_in_the_language_of_the_person(staff, edition, ask, language, direction):
    SiteSettings.objects.update(name="Fondazione Ponte")
    terms = Terms.objects.create(edition=edition, number=1, rules={"priorities": []}, published_at=timezone.now())
    samira = ask(
        edition, "Samira", email="", phone="+393330000102", language=language, channel="phone", now=timezone.now()
    )

    answer = staff.get(f"/admin/enrolment_request/receipt/{samira.pk}/")
    text = answer.content.decode()

    assert samira.terms == terms
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert (samira.receipt_code in text, "Samira" in text, f"/{language}/enrol/find/" in text) == (True, True, True)
    with override(language):
        assert str(samira.get_channel_display()) in text
    assert answer["Cache-Control"].startswith("no-store, private")
    assert logged("enrolment.viewed").get().object_id == str(samira.pk)


# Requests


def test_the_queue_is_filtered_by_who_is_to_phone_and_to_confirm(staff, edition, ask):
    now = timezone.now()
    ask(edition, "Samira", email="", phone="+393330000102", now=now)
    ask(edition, "Giulia", now=now)
    ask(edition, "Irina", now=now, confirmed=False)

    def found(query):
        text = staff.get(f"/admin/enrolment_request/?{query}").content.decode()
        return {name for name in ("Samira", "Giulia", "Irina") if name in text}

    assert found("to_phone=true") == {"Samira"}
    assert found("to_phone=false") == {"Giulia", "Irina"}
    assert found("confirmed=false") == {"Irina"}
    assert found("confirmed=true&to_phone=false") == {"Giulia"}
    assert found("channel=desk") == set()


@pytest.mark.parametrize(
    "words",
    ["samira", "سميرة", "{code}", "SAMIRA@example.org", "+393330000102", "333 000 0102", "333-0000102"],
    ids=["name", "own script", "receipt code", "e-mail", "phone", "phone as it is said", "phone as it is written"],
)
def test_a_request_is_found_by_whatever_one_knows_of_it(staff, edition, ask, words):
    ask(edition, "Giulia", now=timezone.now())
    samira = ask(edition, "Samira", phone="+393330000102", now=timezone.now())
    samira.participants.update(name_own_script="سميرة")

    text = staff.get("/admin/enrolment_request/", {"q": words.format(code=samira.receipt_code)}).content.decode()

    assert ("Samira" in text, "Giulia" in text) == (True, False)


def test_the_download_of_an_edition_holds_its_queue_only_and_is_logged(staff, edition, enrolled, make_edition, ask):
    ask(make_edition("altra"), "Giulia", now=timezone.now() - timedelta(days=40))

    rows = staff.get(f"/admin/enrolment_request/?edition={edition.pk}&export=csv").getvalue().decode()

    assert ("Samira" in rows, "Giulia" in rows) == (True, False)
    assert logged("enrolment.exported").get().data == {"filters": ["edition", "export"]}


def test_the_reason_of_a_step_is_told_with_it(staff, enrolled):
    staff.post(f"/admin/enrolment_request/withdraw/{enrolled.pk}/", {"reason": "She phoned: she moves away."})

    entries = logged("enrolment.withdrawn") | logged("enrolment.enrolled")
    assert {entry.comment for entry in entries} == {"She phoned: she moves away.", ""}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_nobody_is_withdrawn_without_a_reason(staff, edition, enrolled, reason):
    answer = staff.post(f"/admin/enrolment_request/withdraw/{enrolled.pk}/", {"reason": reason}, follow=True)

    enrolled.refresh_from_db()
    assert enrolled.state == "enrolled"
    assert "Say why in a few words" in answer.content.decode()


# Messages


def test_a_message_goes_once_to_each_in_her_language(staff, edition, ask, enrolled):
    ask(edition, "Amal", language="ar", now=timezone.now())
    ask(edition, "Jean", language="fr", now=timezone.now())
    ask(edition, "Olena", email="", phone="+393330000103", now=timezone.now())
    address = f"{DESK}run/{edition.pk}/message/?state=enrolled"
    form = {
        "key": str(uuid.uuid4()), "subject_it": "Aula 2", "text_it": "Da domani siamo in aula 2.", "subject_ar": "القاعة 2",
        "text_ar": "من الغد في القاعة 2.", "subject_fr": "", "text_fr": "",
    }  # fmt: skip

    shown = staff.get(address).content.decode()
    for _press in range(2):
        assert staff.post(address, form).status_code == 302

    letters = Letter.objects.filter(template="enrolment/mail/message").order_by("recipient")
    assert [(letter.recipient, letter.subject) for letter in letters] == [
        ("amal@example.org", "القاعة 2"),
        ("jean@example.org", "Aula 2"),
        ("samira@example.org", "Aula 2"),
    ]
    assert "Da domani siamo in aula 2." in letters[2].text
    for counted in ("Italiano: 1 letter", "العربية: 1 letter", "Français: 1 letter", "1 has only a phone"):
        assert counted in shown, counted
    assert (Message.objects.get().letters, logged("enrolment.messaged").get().data) == (
        3, {"state": "enrolled", "letters": 3},
    )  # fmt: skip


def test_a_message_reaches_only_the_state_that_was_chosen(staff, edition, ask, enrolled):
    edition.places = 1
    edition.save()
    ask(edition, "Giulia", now=timezone.now())
    form = {"key": str(uuid.uuid4()), "subject_it": "Pazienza\r\nBcc: x@example.org", "text_it": "Ancora un poco."}

    staff.post(f"{DESK}run/{edition.pk}/message/?state=waiting", form)

    letter = Letter.objects.get(template="enrolment/mail/message")
    assert (letter.recipient, letter.subject) == ("giulia@example.org", "Pazienza Bcc: x@example.org")


@pytest.mark.parametrize("changes", [{"text_it": ""}, {"subject_it": ""}, {"subject_ar": "x"}, {"key": "x"}], ids=str)
def test_a_message_that_is_not_whole_is_shown_again(staff, edition, ask, changes):
    ask(edition, "Amal", language="ar", now=timezone.now())
    form = {"key": str(uuid.uuid4()), "subject_it": "Aula 2", "text_it": "Da domani.", **changes}

    answer = staff.post(f"{DESK}run/{edition.pk}/message/", form)

    assert answer.status_code == 422
    assert not Letter.objects.filter(template="enrolment/mail/message").exists()


def test_a_state_that_there_is_not_is_taken_as_enrolled(staff, edition):
    assert "Enrolled" in page(staff, f"run/{edition.pk}/message/?state=%00x")


# The draw


def test_a_draw_is_made_by_a_button_once_it_is_due(staff, make_edition, ask):
    now = timezone.now()
    edition = make_edition(
        dates=(TODAY + timedelta(days=30),), places=1, enrolment="draw",
        closes_at=now + timedelta(hours=1), draws_at=now + timedelta(hours=1),
    )  # fmt: skip
    Terms.objects.create(edition=edition, number=1, rules={"priorities": []}, published_at=now)
    promise_draw(edition, now=now)
    ask(edition, "Giulia", now=now)

    early = page(staff, f"run/{edition.pk}/")
    refused = staff.post(f"{DESK}run/{edition.pk}/draw/", follow=True).content.decode()
    Edition.objects.filter(pk=edition.pk).update(
        closes_at=now - timedelta(minutes=2), draws_at=now - timedelta(minutes=1)
    )
    due = page(staff, f"run/{edition.pk}/")
    staff.post(f"{DESK}run/{edition.pk}/draw/")

    assert "1 in the draw" in early
    assert "Draw now" not in early
    assert "it is not made before" in refused
    assert "Draw now" in due
    assert "Draw now" not in page(staff, f"run/{edition.pk}/")
    assert Enrolment.objects.get().state == "enrolled"


# Teachers


@pytest.fixture
def teacher(home, edition):
    set_up_editorial()
    user = User.objects.create_user("amal@example.org", "a-long-password-for-tests")
    user.groups.add(Group.objects.get(name=Role.TEACHERS))
    edition.teachers.add(user)
    return user


@pytest.fixture
def teaching(client, teacher):
    client.force_login(teacher)
    return client


def addresses(edition, enrolment, certificate):
    known = {
        "edition": edition.pk, "meeting": meetings(edition)[0].pk, "request": enrolment.pk, "certificate": certificate.pk,
    }  # fmt: skip
    paths = [(f"{DESK}{path}", path in FOR_TEACHERS) for path in EACH_PAGE]
    paths += [(f"/admin/enrolment_request/{path}", False) for path in EACH_REQUEST_PAGE]
    paths += [("/admin/enrolment_course/", False), ("/admin/enrolment_course/new/", False)]
    return [(path.format(**known), own) for path, own in paths]


def certificate_for(enrolment):
    return Certificate.objects.create(
        participant=enrolment.participants.get(), edition=enrolment.edition, language="it", name="Samira", initials="S.", title="Sera",
        minutes_attended=90, minutes_held=90, first_day=TODAY, last_day=TODAY, issued_at=timezone.now(),
    )  # fmt: skip


def test_no_address_of_the_desk_is_left_out_of_these_tests(edition, enrolled):
    viewsets = (EditionViewSet("enrolment_edition"), EnrolmentViewSet("enrolment_request"))
    names = {(viewset.name, pattern.name) for viewset in viewsets for pattern in viewset.get_urlpatterns()}

    tested = {
        (match.namespace, match.url_name)
        for match in (
            resolve(address.split("?")[0]) for address, _own in addresses(edition, enrolled, certificate_for(enrolled))
        )
    }

    assert names - tested == {("enrolment_edition", "taught")}  # whose list is one's own


def test_a_teacher_sees_her_edition_and_nothing_else(teaching, edition, enrolled):
    expected = dict(addresses(edition, enrolled, certificate_for(enrolled)))

    answers = {address: teaching.get(address) for address in expected}

    assert {address: answer.status_code == 200 for address, answer in answers.items()} == expected
    for address, own in expected.items():
        text = answers[address].content.decode()
        found = [name in text for name in ("Samira", enrolled.email, enrolled.receipt_code, "333 000 0102")]
        assert found == [own, False, False, False], address


def test_a_teacher_presses_no_button_but_those_of_attendance(teaching, edition, enrolled):
    known = addresses(edition, enrolled, certificate_for(enrolled))

    for address, _own in known:
        if "/attendance/" not in address:
            assert teaching.post(address).status_code in {302, 403, 405}, address

    enrolled.refresh_from_db()
    assert (enrolled.state, Edition.objects.count(), Certificate.objects.count()) == ("enrolled", 1, 1)
    assert not Message.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_teacher_of_another_edition_is_refused_everywhere(teaching, make_edition, ask, method):
    other = make_edition("altra", dates=(TODAY,), places=3)
    enrolment = ask(other, "Zanzibarinda", now=timezone.now() - timedelta(days=1))
    person = enrolment.participants.get()

    for address, _own in addresses(other, enrolment, certificate_for(enrolment)):
        answer = getattr(teaching, method)(address, {"participant": person.pk, "present": "1"})
        assert answer.status_code in {302, 403, 405}, address
        assert b"Zanzibarinda" not in answer.content, address
    assert not Attendance.objects.exists()
    enrolment.refresh_from_db()
    assert (enrolment.state, Edition.objects.count()) == ("enrolled", 2)


def test_a_meeting_of_another_edition_is_not_marked_through_ones_own(teaching, edition, make_edition, ask):
    other = make_edition("altra", dates=(TODAY,), places=3)
    person = ask(other, "Zanzibarinda", now=timezone.now() - timedelta(days=1)).participants.get()
    theirs, own = meetings(other)[0], meetings(edition)[0]

    answers = [
        teaching.post(
            f"{DESK}run/{edition.pk}/attendance/{meeting.pk}/", {"participant": person.pk, "present": "1"}, follow=True
        )
        for meeting in (theirs, own)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Attendance.objects.exists()


def test_who_has_left_the_group_of_teachers_is_refused(teaching, teacher, edition, enrolled):
    teacher.groups.set([Group.objects.get(name=Role.EDITORS)])

    answer = teaching.get(f"{DESK}run/{edition.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_a_teacher_marks_who_is_there(teaching, teacher, edition, enrolled):
    person, today = enrolled.participants.get(), meetings(edition)[2]

    teaching.post(f"{DESK}run/{edition.pk}/attendance/{today.pk}/", {"participant": person.pk, "present": "1"})

    assert Attendance.objects.get().marked_by == teacher


def test_the_way_in_is_in_the_menu_of_who_teaches(teaching, edition, make_edition, client, superuser):
    make_edition("altra")

    board, taught = client.get("/admin/").content.decode(), page(client, "taught/")
    client.force_login(superuser)

    assert f"{DESK}taught/" in board
    assert f"{DESK}run/{edition.pk}/" in taught
    assert taught.count(f'href="{DESK}run/') == 1
    assert f"{DESK}taught/" not in client.get("/admin/").content.decode()
