import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook
from papers import PDF
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from associations.membership.domain.admit import admit
from associations.membership.domain.review import review
from associations.membership.links import token_for
from associations.membership.models import Application, Association, AssociationCommunity, Membership
from foundation_site.core.private_files import PrivateFile
from foundation_site.users.models import User

Make = Callable[..., Application]


@pytest.fixture
def editor(db: None) -> User:
    """Works on pages, and has no right in this register."""
    group = Group.objects.create(name="Editors, in tests")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor@example.org", "a-long-password-for-tests")
    user.groups.add(group)
    return user


@pytest.fixture
def reader(editor: User) -> User:
    """May read applications, and not decide."""
    group = Group.objects.create(name="Readers, in tests")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_application"]))
    user = User.objects.create_user("reader@example.org", "a-long-password-for-tests")
    user.groups.add(group)
    return user


@pytest.fixture
def as_user(officer: User, board: User, editor: User, reader: User) -> Callable[[str], Client]:
    people = {"officer": officer, "board": board, "editor": editor, "reader": reader}

    def sign_in(who: str) -> Client:
        client = Client()
        if who in people:
            client.force_login(people[who])
            UserProfile.objects.update_or_create(user=people[who], defaults={"preferred_language": "en"})
        elif who == "member of the public":
            client.force_login(User.objects.create_user("somebody@example.org", "a-long-password-for-tests"))
        return client

    return sign_in


# Who may do what. One row a door: what nobody, an applicant, an editor, a reader and the desk get.

NOBODY = ("anonymous", "member of the public", "editor")
DOORS: list[tuple[str, str, str, dict[str, str]]] = [
    # (name of the address, method, who is let in, data)
    ("application:index", "get", "reader officer", {}),
    ("application:inspect", "get", "reader officer", {}),
    ("application:document", "get", "reader officer", {}),
    ("application:review", "post", "officer", {}),
    ("application:ask", "post", "officer", {"ask-missing": "La pagina 3."}),
    ("application:admit", "post", "officer", {}),
    ("application:refuse", "post", "officer", {"refuse-reason": "No."}),
    ("association:index", "get", "officer", {}),
    ("association:add", "get", "officer", {}),
    ("association:edit", "get", "officer", {}),
    ("membership_period:index", "get", "officer", {}),
    ("membership_period:edit", "get", "officer", {}),
]


@pytest.mark.parametrize("who", [*NOBODY, "reader", "officer"])
@pytest.mark.parametrize(("door", "method", "let_in", "data"), DOORS, ids=[f"{door[1]} {door[0]}" for door in DOORS])
def test_who_may_open_which_door(
    as_user: Callable[[str], Client],
    in_review: Make,
    board: User,
    who: str,
    door: str,
    method: str,
    let_in: str,
    data: dict[str, str],
) -> None:
    application = in_review(name="Canarino")
    membership = admit(in_review(name="Canarino due", tax_code="91123450354"), by=board, now=timezone.now())
    keys = {"association:edit": [membership.association_id], "membership_period:edit": [membership.pk]}
    keys["application:document"] = [application.pk, application.documents.first().pk]
    if door.split(":")[1] in ("index", "add"):
        keys[door] = []
    before = Application.objects.values().get(pk=application.pk)

    response = getattr(as_user(who), method)(reverse(door, args=keys.get(door, [application.pk])), data)

    if who in let_in.split():
        assert response.status_code == (200 if method == "get" else 302)
        if method == "post":
            assert response["Location"] == reverse("application:inspect", args=[application.pk])
    else:
        assert response.status_code in (302, 403, 405)
        assert "Canarino" not in response.content.decode()
        assert response.headers["Content-Type"] != "application/pdf"
        if response.status_code == 302:
            assert response["Location"].split("?")[0] in (
                "/admin/",
                reverse("account_login"),
                "/it/account/login/",
                "/en/account/login/",
            )
        assert Application.objects.values().get(pk=application.pk) == before


@pytest.mark.parametrize("address", ["/admin/application/new/", "/admin/application/edit/1/", "/admin/application/delete/1/", "/admin/application/copy/1/", "/admin/membership_period/delete/1/"])  # fmt: skip
def test_applications_are_not_edited_and_memberships_not_deleted(superuser: User, address: str) -> None:
    client = Client()
    client.force_login(superuser)

    assert client.get(address, follow=True).status_code == 404


def test_the_steps_are_not_taken_by_a_link(as_user: Callable[[str], Client], in_review: Make) -> None:
    application = in_review()

    for name in ("review", "ask", "admit", "refuse"):
        assert as_user("board").get(reverse(f"application:{name}", args=[application.pk])).status_code == 405


# Papers


def test_a_paper_is_handed_over_and_the_reading_written(
    as_user: Callable[[str], Client], in_review: Make, board: User
) -> None:
    application = in_review()
    document = application.documents.get(kind="statute")

    response = as_user("board").get(reverse("application:document", args=[application.pk, document.pk]))

    assert response.content.startswith(b"%PDF")
    assert ("no-store" in response["Cache-Control"], response["Content-Disposition"].split(";")[0]) == (
        True,
        "attachment",
    )
    entry = ModelLogEntry.objects.get(action="core.private_file_read")
    assert (entry.user, entry.object_id, entry.data) == (board, str(application.pk), {"what": "statute"})


def test_a_paper_has_no_other_address(as_user: Callable[[str], Client], in_review: Make, draft: Make) -> None:
    application, other = in_review(), in_review(tax_code="91123450354")
    document = application.documents.get(kind="statute")
    file = document.file
    visitor, desk = Client(), as_user("board")

    guesses = [
        f"/media/{file.id.hex[:2]}/{file.id.hex}",
        f"/media/private/{file.id.hex[:2]}/{file.id.hex}",
        f"/private/{file.id.hex[:2]}/{file.id.hex}",
        f"/documents/{document.pk}/{file.name}",
        f"/it/membership/application/{token_for(other)}/documents/{document.pk}/",
        f"/it/membership/application/{application.reference}/documents/{document.pk}/",
        f"/it/membership/documents/{document.pk}/",
    ]

    assert {visitor.get(guess, follow=True).status_code for guess in guesses} == {404}
    assert desk.get(reverse("application:document", args=[other.pk, document.pk]), follow=True).status_code == 404


def test_the_desk_does_not_read_drafts(as_user: Callable[[str], Client], complete: Make) -> None:
    application = complete(name="Canarino")
    desk = as_user("board")

    assert desk.get(reverse("application:inspect", args=[application.pk]), follow=True).status_code == 404
    assert (
        desk.get(
            reverse("application:document", args=[application.pk, application.documents.first().pk]), follow=True
        ).status_code
        == 404
    )
    assert "Canarino" not in desk.get(reverse("application:index")).content.decode()


# Review


def test_reading_an_application_is_written(as_user: Callable[[str], Client], in_review: Make, board: User) -> None:
    application = in_review()

    html = as_user("board").get(reverse("application:inspect", args=[application.pk])).content.decode()

    assert "Awa Ndiaye" in html
    entry = ModelLogEntry.objects.get(action="membership.application_viewed")
    assert (entry.user, entry.object_id) == (board, str(application.pk))


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("officer", ["Ask for what is missing"]),
        ("board", ["Ask for what is missing", "Admit", "Refuse"]),
        ("reader", []),
    ],
)
def test_what_is_offered_to_whom(
    as_user: Callable[[str], Client], in_review: Make, who: str, offered: list[str]
) -> None:
    application = in_review()

    response = as_user(who).get(reverse("application:inspect", args=[application.pk]))

    with override("en"):
        assert [str(step["label"]) for step in response.context["steps"]] == offered


def test_from_received_to_member(as_user: Callable[[str], Client], sent: Make, officer: User, board: User) -> None:
    application = sent()
    page = reverse("application:inspect", args=[application.pk])

    as_user("officer").post(reverse("application:review", args=[application.pk]))
    own = as_user("officer").post(reverse("application:admit", args=[application.pk]), follow=True)
    by_board = as_user("board").post(
        reverse("application:admit", args=[application.pk]), {"admit-resolution": "12 del 3 marzo"}, follow=True
    )

    assert "a colleague takes the decision" in own.content.decode()
    assert by_board.redirect_chain == [(page, 302)]
    application.refresh_from_db()
    membership = Membership.objects.get()
    assert (application.state, application.reviewer, application.decided_by) == ("admitted", officer, board)
    assert (membership.resolution, membership.association) == ("12 del 3 marzo", application.association)


@pytest.mark.parametrize(("step", "field"), [("ask", "missing"), ("refuse", "reason")])
def test_words_for_the_association_are_needed(
    as_user: Callable[[str], Client], in_review: Make, step: str, field: str
) -> None:
    application = in_review()

    as_user("board").post(reverse(f"application:{step}", args=[application.pk]), {f"{step}-{field}": "  "})

    application.refresh_from_db()
    assert application.state == "in_review"


def test_the_list_is_searched_and_filtered_by_state(
    as_user: Callable[[str], Client], sent: Make, officer: User
) -> None:
    sent(name="Prima")
    review(sent(name="Seconda"), by=officer, now=timezone.now())
    desk = as_user("officer")

    def names(**query: str) -> list[str]:
        response = desk.get(reverse("application:index"), query)
        return sorted(row.name for row in response.context["object_list"])

    assert names() == ["Prima", "Seconda"]
    assert names(state="received") == ["Prima"]
    assert names(q="secon") == ["Seconda"]
    assert names(q=Application.objects.get(name="Prima").reference) == ["Prima"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list_of_applications(
    as_user: Callable[[str], Client], sent: Make, officer: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        review(sent(name=f"Numero {number}"), by=officer, now=timezone.now())
    desk = as_user("officer")
    desk.get(reverse("application:index"))

    with django_assert_num_queries(LIST_QUERIES["application"]):
        desk.get(reverse("application:index"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_register(as_user: Callable[[str], Client], rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        association = Association.objects.create(slug=f"a{number}", name=f"A{number}", legal_form="aps")
        AssociationCommunity.objects.create(association=association, country="SN")
        Membership.objects.create(association=association, number=number + 1, since=date(2020, 1, 1))
    desk = as_user("officer")
    desk.get(reverse("association:index"))

    with django_assert_num_queries(LIST_QUERIES["association"]):
        desk.get(reverse("association:index"))


LIST_QUERIES = {"application": 11, "association": 15}


# Registers


def test_the_register_leaves_as_a_spreadsheet_and_that_is_written(
    as_user: Callable[[str], Client], officer: User
) -> None:
    association = Association.objects.create(
        slug="a", name="=HYPERLINK(1)", legal_form="aps", email="a@example.org", tax_code="91000000355"
    )
    AssociationCommunity.objects.create(association=association, country="SN")
    Membership.objects.create(association=association, number=7, since=date(2014, 3, 1))

    response = as_user("officer").get(reverse("association:index"), {"export": "xlsx"})

    rows = list(load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=False))
    assert rows[1][0].value == 7
    assert (rows[1][2].value, rows[1][2].data_type) == ("=HYPERLINK(1)", "s")
    assert "Senegal" in [cell.value for cell in rows[1]]
    assert ModelLogEntry.objects.get(action="membership.exported").user == officer


def test_csv_is_defused(as_user: Callable[[str], Client]) -> None:
    Association.objects.create(slug="a", name="=HYPERLINK(1)", legal_form="aps")

    response = as_user("officer").get(reverse("association:index"), {"export": "csv"})

    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [row["Nome"] for row in rows] == ["'=HYPERLINK(1)"]


def test_the_last_day_of_a_membership_is_written_by_the_verb(as_user: Callable[[str], Client], officer: User) -> None:
    association = Association.objects.create(slug="a", name="Vele", legal_form="aps")
    membership = Membership.objects.create(association=association, number=7, since=date(2014, 3, 1))
    typed = {
        "association": association.pk,
        "number": 7,
        "since": "2014-03-01",
        "until": "2026-10-31",
        "resolution": "12",
    }

    as_user("officer").post(reverse("membership_period:edit", args=[membership.pk]), typed)

    membership.refresh_from_db()
    assert (membership.until, membership.resolution) == (date(2026, 10, 31), "12")
    entry = ModelLogEntry.objects.get(action="membership.left")
    assert (entry.user, entry.data) == (officer, {"until": "2026-10-31"})


def test_an_association_is_edited_with_its_rows(as_user: Callable[[str], Client]) -> None:
    association = Association.objects.create(slug="a", name="A", legal_form="aps")
    data = nested_form_data(
        {
            **dict.fromkeys(("short_name", "name_own", "name_own_language", "runts_section", "runts_number", "runts_date", "founded", "branch_of", "presentation", "members", "volunteers", "email", "phone", "pec", "public_email", "public_phone", "website", "seat_address", "note"), ""),
            "name": "A rinnovata",
            "slug": "a",
            "legal_form": "odv",
            "tax_code": "91000000355",
            "language": "fr",
            "seat_city": "Reggio Emilia",
            "communities": inline_formset([{"country": "SN"}, {"country": "CI"}]),
            "languages": inline_formset([{"language": "wo"}]),
            "fields": inline_formset([{"field": "culture"}]),
        }
    )  # fmt: skip

    response = as_user("officer").post(reverse("association:edit", args=[association.pk]), data)

    association = Association.objects.get()
    assert response.status_code == 302
    assert (association.name, association.legal_form, association.tax_code) == ("A rinnovata", "odv", "91000000355")
    assert [row.country for row in association.communities.all()] == ["SN", "CI"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        pytest.param({"until": "2015-01-01"}, "", id="it ends"),
        pytest.param({"until": "2013-01-01"}, "cannot end before it began", id="it ends before it began"),
        pytest.param({"number": "8"}, "This number belongs to another membership", id="a number that is taken"),
    ],
)
def test_a_membership_is_closed_by_hand(
    as_user: Callable[[str], Client], changed: dict[str, str], problem: str
) -> None:
    association, other = (Association.objects.create(slug=slug, name=slug, legal_form="aps") for slug in "ab")
    membership = Membership.objects.create(association=association, number=7, since=date(2014, 3, 1))
    Membership.objects.create(association=other, number=8, since=date(2014, 3, 1))
    data = {
        "association": association.pk,
        "number": "7",
        "since": "2014-03-01",
        "until": "",
        "resolution": "",
        **changed,
    }

    response = as_user("officer").post(reverse("membership_period:edit", args=[membership.pk]), data)

    assert (response.status_code, problem in response.content.decode()) == ((200, True) if problem else (302, True))
    membership.refresh_from_db()
    assert membership.until == (None if problem else date(2015, 1, 1))


def test_nothing_of_a_paper_is_readable_outside_the_store(in_review: Make, private_root: Any) -> None:
    in_review()

    stored = b"".join(path.read_bytes() for path in private_root.rglob("*") if path.is_file())

    assert PrivateFile.objects.count() == 2
    assert stored
    assert PDF[:8] not in stored
