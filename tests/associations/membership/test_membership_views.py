import io
import re
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from papers import PDF, WHAT, WHO, paper, picture
from wagtail.models import ModelLogEntry

from associations.membership.domain.add_document import add_document
from associations.membership.domain.admit import admit
from associations.membership.domain.ask_completion import ask_completion
from associations.membership.domain.withdraw import withdraw
from associations.membership.forms import WhoForm
from associations.membership.links import token_for
from associations.membership.models import Application
from foundation_site.core.mail.models import Letter
from foundation_site.core.robots import SALT
from foundation_site.users.models import User

Make = Callable[..., Application]


def stamped(**values: Any) -> dict[str, Any]:
    """What a person sends who has had the form before her for a while."""
    return {"stamp": signing.dumps(time.time() - 60, salt=SALT), "homepage": "", **values}


def started(**values: Any) -> dict[str, Any]:
    return stamped(key=str(uuid.uuid4()), **{**WHO, **values})


def address(application: Application, step: str = "", language: str = "it") -> str:
    return f"/{language}/membership/application/{token_for(application)}/{step}"


def field(html: str, name: str) -> str:
    """The value that a text field shows."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


# Begin


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_the_first_step_is_there_in_every_language(client: Client, db: None, language: str) -> None:
    response = client.get(f"/{language}/membership/apply/")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert f'<html lang="{language}"' in response.content.decode()


def test_beginning_saves_and_goes_to_the_second_step(client: Client, db: None) -> None:
    response = client.post("/fr/membership/apply/", started())

    application = Application.objects.get()
    assert (application.language, application.name, application.state) == ("fr", "Vele del Sud", "draft")
    assert response.status_code == 302
    assert re.fullmatch(rf"/fr/membership/application/{application.reference}\.[\w-]+/what/", response["Location"])
    assert Letter.objects.get().template == "membership/mail/draft_link"


def test_beginning_needs_only_what_is_needed_at_once(client: Client, db: None) -> None:
    few = {name: WHO[name] for name in ("name", "legal_form", "contact_name", "contact_email")}

    response = client.post("/it/membership/apply/", stamped(key=str(uuid.uuid4()), **few))

    assert response.status_code == 302
    assert Application.objects.get().tax_code == ""


def test_a_mistake_keeps_everything_typed(client: Client, db: None) -> None:
    response = client.post("/it/membership/apply/", started(tax_code="91 0000 00356", website="vele.example.org"))

    html = response.content.decode()
    assert response.status_code == 200
    assert Application.objects.count() == 0
    assert response.context["form"].errors.keys() == {"tax_code"}
    assert (field(html, "name"), field(html, "tax_code"), field(html, "website")) == (
        "Vele del Sud",
        "91 0000 00356",
        "vele.example.org",
    )
    assert 'href="#id_tax_code"' in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("IT 910 000 003 55", "91000000355", id="as on a letterhead"),
        pytest.param("91000000355", "91000000355", id="plain"),
        pytest.param("", "", id="not yet at hand"),
    ],
)
def test_tax_codes_are_read_as_people_write_them(client: Client, db: None, typed: str, kept: str) -> None:
    client.post("/it/membership/apply/", started(tax_code=typed))

    assert Application.objects.get().tax_code == kept
    assert len(typed) <= int(
        WhoForm().fields["tax_code"].widget.attrs["maxlength"]
    )  # a browser cuts off what is longer


@pytest.mark.parametrize("typed", ["91000000356", "9100000035", "RSSMRA80A01H223K", "0" * 11, "abc"])
def test_wrong_tax_codes_are_refused(client: Client, db: None, typed: str) -> None:
    client.post("/it/membership/apply/", started(tax_code=typed))

    assert Application.objects.count() == 0


def test_a_double_click_begins_once(client: Client, db: None) -> None:
    data = started()

    first, second = client.post("/it/membership/apply/", data), client.post("/it/membership/apply/", data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Application.objects.count() == 1
    assert Letter.objects.count() == 1


def test_back_to_the_first_form_after_sending_shows_where_it_stands(client: Client, complete: Make) -> None:
    data = started()
    client.post("/it/membership/apply/", data)
    Application.objects.update(state="received", sent_at=timezone.now(), statements_accepted_at=timezone.now())

    response = client.post("/it/membership/apply/", data)

    assert response.status_code == 302
    assert response["Location"] == address(Application.objects.get())
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {"homepage": "http://spam.example.org"},
        {"stamp": "now"},
        {"stamp": "made up"},
    ],
    ids=["the trap is filled", "too quick", "no stamp of ours"],
)
def test_robots_are_asked_to_press_again(client: Client, db: None, data: dict[str, str]) -> None:
    if data.get("stamp") == "now":
        data = {"stamp": signing.dumps(time.time(), salt=SALT)}

    response = client.post("/it/membership/apply/", {**started(), **data})

    assert response.status_code == 200
    assert Application.objects.count() == 0
    assert field(response.content.decode(), "name") == "Vele del Sud"


# Steps


def test_the_second_step_keeps_what_is_chosen(client: Client, draft: Make) -> None:
    application = draft()

    response = client.post(
        address(application, "what/"), {**WHAT, "communities": ["SN", "", "CI", "SN"], "interests": ["events"]}
    )

    application.refresh_from_db()
    assert response["Location"].endswith("/documents/")
    assert (application.communities, application.languages) == (["SN", "CI"], ["it", "wo", "fr"])
    assert (application.fields_of_work, application.interests, application.members) == (
        ["culture", "women"],
        ["events"],
        40,
    )


def test_the_second_step_may_be_saved_with_gaps(client: Client, draft: Make) -> None:
    application = draft()

    response = client.post(address(application, "what/"), {"activities": "Una festa.", "more": "1"})

    application.refresh_from_db()
    assert response["Location"].endswith("/what/")
    assert (application.activities, application.members) == ("Una festa.", None)


@pytest.mark.parametrize(
    "data",
    [
        {"communities": ["ZZ9"]},
        {"languages": ["klingon"]},
        {"fields_of_work": ["war"]},
        {"members": "-3"},
        {"activities": "x" * 4001},
    ],
    ids=lambda data: next(iter(data)),
)
def test_what_is_not_in_the_lists_is_refused(client: Client, draft: Make, data: dict[str, Any]) -> None:
    response = client.post(address(draft(), "what/"), data)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(data)


def test_countries_are_named_in_the_language_of_the_reader(client: Client, draft: Make) -> None:
    application = draft()

    names = {
        language: client.get(address(application, "what/", language)).content.decode()
        for language in ("it", "fr", "ar")
    }

    assert '<option value="CI">Costa d’Avorio</option>' in names["it"]
    assert '<option value="CI">Côte d’Ivoire</option>' in names["fr"]
    assert '<option value="CI">ساحل العاج</option>' in names["ar"]


def test_the_progress_list_says_what_is_complete(client: Client, draft: Make, complete: Make) -> None:
    def done(application: Application) -> list[bool]:
        return [step["done"] for step in client.get(address(application, "check/")).context["steps"]]

    assert done(draft()) == [True, False, False, False]
    assert done(complete()) == [True, True, True, False]


# Papers


def test_a_paper_is_kept_at_once(client: Client, draft: Make) -> None:
    application = draft()

    response = client.post(address(application, "documents/"), {"kind": "deed", "file": paper("atto.pdf")}, follow=True)

    assert [document.file.name for document in application.documents.all()] == ["atto.pdf"]
    assert response.redirect_chain[0][0] == address(application, "documents/")
    assert "atto.pdf" in response.content.decode()
    assert response.context["form"].initial == {"kind": "statute"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("statuto.pdf", b"MZ\x90\x00" + b"\0" * 200, id="an executable named .pdf"),
        pytest.param("statuto.pdf", b"", id="empty"),
        pytest.param("statuto.pdf", PDF + b"\0" * (11 * 1024 * 1024), id="11 MB"),
        pytest.param(
            "logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', id="an SVG with a script"
        ),
        pytest.param("statuto.pdf", PDF[:40], id="a broken PDF"),
        pytest.param("foto.jpg", picture()[:300], id="a broken photo"),
    ],
)
def test_a_refused_paper_gets_a_sentence_and_keeps_the_rest(
    client: Client, draft: Make, name: str, content: bytes
) -> None:
    application = draft()
    add_document(application, paper("atto.pdf"), kind="deed", now=timezone.now())

    response = client.post(
        address(application, "documents/"), {"kind": "accounts", "file": SimpleUploadedFile(name, content)}
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert 'id="id_file_error"' in html
    assert '<option value="accounts" selected>' in html
    assert [document.file.name for document in application.documents.all()] == ["atto.pdf"]
    assert "atto.pdf" in html


def test_no_file_chosen(client: Client, draft: Make) -> None:
    response = client.post(address(draft(), "documents/"), {"kind": "deed"})

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}


def test_a_paper_is_read_back_and_removed(client: Client, draft: Make) -> None:
    application = draft()
    document = add_document(application, paper(), kind="statute", now=timezone.now())
    own = address(application, f"documents/{document.pk}/")

    read = client.get(own)
    removed = client.post(f"{own}remove/")

    assert (read.content, read["Content-Disposition"].split(";")[0], read["Cache-Control"]) == (
        PDF,
        "attachment",
        "no-store, private",
    )
    assert removed["Location"] == address(application, "documents/")
    assert client.get(own).status_code == 404
    assert ModelLogEntry.objects.get(action="core.private_file_read").user is None


def test_a_link_opens_only_its_own_application(client: Client, draft: Make) -> None:
    mine, theirs = draft(), draft(name="Altra")
    document = add_document(theirs, paper(), kind="statute", now=timezone.now())

    read = client.get(address(mine, f"documents/{document.pk}/"))
    removed = client.post(address(mine, f"documents/{document.pk}/remove/"))

    assert read.status_code == 404
    assert removed.status_code == 302
    assert theirs.documents.get() == document


@pytest.mark.parametrize("kind", ["the code alone", "another signature", "another code", "of another purpose"])
@pytest.mark.parametrize("step", ["", "who/", "what/", "documents/", "check/", "withdraw/"])
def test_a_link_that_we_did_not_make_opens_nothing(client: Client, draft: Make, kind: str, step: str) -> None:
    application, other = draft(name="Canarino"), draft()
    token = token_for(application)
    made = {
        "the code alone": application.reference,
        "another signature": token[:-1] + ("a" if token[-1] != "a" else "b"),
        "another code": application.reference + token_for(other)[8:],
        "of another purpose": signing.Signer(salt="enrolment", sep=".").sign(application.reference),
    }[kind]

    response = client.get(f"/it/membership/application/{made}/{step}")

    assert response.status_code == 404
    assert "Canarino" not in response.content.decode()


def test_a_link_closes_a_year_after_the_end(client: Client, sent: Make) -> None:
    application = sent()
    days = timedelta(days=366)
    Application.objects.update(state_since=timezone.now() - days)
    assert client.get(address(application)).status_code == 200

    withdraw(application, now=timezone.now() - days)

    assert client.get(address(application)).status_code == 404


# Send


def test_check_shows_what_is_missing_with_the_way_to_it(client: Client, draft: Make) -> None:
    application = draft()

    html = client.get(address(application, "check/")).content.decode()

    assert f'href="{address(application, "what/")}#id_activities"' in html
    assert f'href="{address(application, "documents/")}#id_file"' in html


STATEMENTS = {"aims": "on", "democratic": "on", "delegate": "on"}


def test_sending_twice_is_calm(client: Client, complete: Make) -> None:
    application = complete()

    first = client.post(address(application, "check/"), STATEMENTS)
    second = client.post(address(application, "check/"), STATEMENTS)

    application.refresh_from_db()
    assert application.state == "received"
    assert first["Location"] == second["Location"] == address(application)
    assert Letter.objects.filter(template="membership/mail/received").count() == 1


@pytest.mark.parametrize("without", sorted(STATEMENTS))
def test_every_statement_is_needed(client: Client, complete: Make, without: str) -> None:
    application = complete()

    response = client.post(address(application, "check/"), {key: "on" for key in STATEMENTS if key != without})

    application.refresh_from_db()
    assert set(response.context["form"].errors) == {without}
    assert application.state == "draft"


def test_sending_with_a_gap_says_so(client: Client, draft: Make) -> None:
    application = draft()

    response = client.post(address(application, "check/"), STATEMENTS)

    application.refresh_from_db()
    assert response.status_code == 200
    assert application.state == "draft"
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("step", ["who/", "what/", "documents/", "check/"])
def test_after_sending_the_steps_lead_to_where_it_stands(client: Client, sent: Make, step: str) -> None:
    application = sent()

    shown, written = client.get(address(application, step)), client.post(address(application, step), {"name": "Altro"})

    assert (shown.status_code, shown["Location"]) == (302, address(application))
    assert (written.status_code, written["Location"]) == (302, address(application))
    application.refresh_from_db()
    assert application.name == "Vele del Sud"


def test_where_it_stands_after_each_answer(client: Client, in_review: Make, officer: User, board: User) -> None:
    asked, admitted = in_review(), in_review(tax_code="91123450354")
    ask_completion(asked, missing="La pagina 3 dello statuto.", by=officer, now=timezone.now())
    admit(admitted, by=board, now=timezone.now())

    of_asked = client.get(address(asked, language="en")).content.decode()
    of_admitted = client.get(address(admitted, language="en")).content.decode()

    assert "La pagina 3 dello statuto." in of_asked
    assert "Go on with the application" in of_asked
    assert "Your association is a member. Welcome." in of_admitted
    assert "Go on with the application" not in of_admitted


def test_what_was_asked_for_is_answered_in_place(client: Client, in_review: Make, officer: User) -> None:
    application = in_review()
    ask_completion(application, missing="La pagina 3.", by=officer, now=timezone.now())

    client.post(address(application, "documents/"), {"kind": "statute", "file": paper(content=PDF + b"3")})
    client.post(address(application, "check/"), STATEMENTS)

    application.refresh_from_db()
    assert (application.state, application.documents.count()) == ("in_review", 3)


def test_withdrawing_asks_first(client: Client, sent: Make) -> None:
    application = sent()

    asked = client.get(address(application, "withdraw/"))
    application.refresh_from_db()
    assert (asked.status_code, application.state) == (200, "received")

    client.post(address(application, "withdraw/"))
    again = client.post(address(application, "withdraw/"))
    application.refresh_from_db()
    assert (application.state, again.status_code) == ("withdrawn", 302)


# The link again


def test_the_answer_does_not_tell_who_has_an_application(client: Client, draft: Make) -> None:
    draft()
    Letter.objects.all().delete()

    known = client.post("/en/membership/link/", stamped(email="awa@example.org"), follow=True)
    unknown = client.post("/en/membership/link/", stamped(email="nobody@example.org"), follow=True)

    sentence = "If there is an application with this address, its link is on the way to you."
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()
    assert [letter.recipient for letter in Letter.objects.all()] == ["awa@example.org"]


def test_the_link_is_not_sent_without_end(client: Client, draft: Make) -> None:
    draft()
    Letter.objects.all().delete()

    answers = [client.post("/en/membership/link/", stamped(email="awa@example.org")).status_code for _try in range(7)]

    assert answers == [302] * 5 + [200] * 2
    assert Letter.objects.count() == 5


# Cost


@pytest.mark.parametrize("papers", [1, 3])
def test_queries_of_the_list_of_papers(
    client: Client, draft: Make, home: Any, papers: int, django_assert_num_queries: Any
) -> None:
    application = draft()
    for number in range(papers):
        add_document(application, paper(content=PDF + b"%d" % number), kind="other", now=timezone.now())
    client.get(address(application, "documents/"))

    with django_assert_num_queries(4):
        client.get(address(application, "documents/"))


def test_a_file_larger_than_memory_is_answered_too(client: Client, draft: Make) -> None:
    response = client.post(
        address(draft(), "documents/"), {"kind": "deed", "file": io.BytesIO(b"\0" * (12 * 1024 * 1024))}
    )

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
