import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from papers import PDF, WHO, paper
from wagtail.models import ModelLogEntry

from associations.membership.domain.add_document import AT_MOST, add_document
from associations.membership.domain.admit import admit
from associations.membership.domain.ask_completion import ask_completion
from associations.membership.domain.forget import forget
from associations.membership.domain.leave import leave
from associations.membership.domain.refuse import refuse
from associations.membership.domain.remove_document import remove_document
from associations.membership.domain.review import review
from associations.membership.domain.save import save
from associations.membership.domain.send import gaps, send
from associations.membership.domain.send_link import send_link
from associations.membership.domain.start import DRAFTS_PER_DAY, start
from associations.membership.domain.withdraw import withdraw
from associations.membership.enums import MOVES, ApplicationState
from associations.membership.models import Application, Association, Membership
from associations.membership.signals import member_admitted
from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter, record_key
from foundation_site.core.private_files import PrivateFile
from foundation_site.users.models import User

Make = Callable[..., Application]


def letters() -> list[str]:
    """Names of the letters written so far, oldest first."""
    return [letter.template.split("/")[-1] for letter in Letter.objects.order_by("created_at")]


def actions(application: Application) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(application.pk), action__startswith="membership.")
    return list(entries.order_by("pk").values_list("action", flat=True))


# Begin and save


def test_start_keeps_the_draft_and_sends_its_link(draft: Make) -> None:
    application = draft(language="fr")

    assert (application.state, application.language, application.name) == ("draft", "fr", "Vele del Sud")
    assert letters() == ["draft_link"]
    assert Letter.objects.get().recipient == "awa@example.org"
    assert Letter.objects.get().language == "fr"


def test_start_twice_with_the_same_key_goes_on_with_the_same_draft(db: None) -> None:
    key = uuid.uuid4()
    first = start(WHO, language="it", key=key, now=timezone.now())

    second = start({**WHO, "name": "Vele del Nord"}, language="it", key=key, now=timezone.now())

    assert second.pk == first.pk
    assert Application.objects.get().name == "Vele del Nord"
    assert letters() == ["draft_link"]


def test_start_does_not_flood_an_address(draft: Make) -> None:
    for _number in range(DRAFTS_PER_DAY):
        draft()

    with pytest.raises(RuleViolation, match="Several applications were begun today"), override("en"):
        draft(contact_email="AWA@example.org")

    assert Letter.objects.count() == DRAFTS_PER_DAY


def test_save_with_another_address_sends_the_link_there(draft: Make) -> None:
    application = draft()

    save(application, values={"contact_email": "new@example.org"}, now=timezone.now())

    assert list(Letter.objects.order_by("created_at").values_list("recipient", flat=True)) == [
        "awa@example.org",
        "new@example.org",
    ]


def test_save_refuses_what_the_model_refuses(draft: Make) -> None:
    application = draft()

    with pytest.raises(ValidationError):
        save(application, values={"tax_code": "91000000356"}, now=timezone.now())

    application.refresh_from_db()
    assert application.tax_code == "91000000355"


def test_save_after_sending_is_refused(sent: Make) -> None:
    application = sent()

    with pytest.raises(RuleViolation, match="has been sent"), override("en"):
        save(application, values={"name": "Altro"}, now=timezone.now())


def test_send_link_writes_only_for_applications_that_go_on(draft: Make, sent: Make) -> None:
    draft(tax_code="")
    withdraw(sent(), now=timezone.now())
    Letter.objects.all().delete()

    send_link("Awa@Example.org")
    send_link("nobody@example.org")

    assert letters() == ["draft_link"]


# Papers


def test_the_same_paper_twice_is_kept_once(draft: Make, private_root: Any) -> None:
    application = draft()

    first = add_document(application, paper(), kind="statute", now=timezone.now())
    with transaction.atomic():
        second = add_document(application, paper("again.pdf"), kind="statute", now=timezone.now())

    assert second == first
    assert PrivateFile.objects.count() == 1


def test_no_more_papers_than_can_be_read(draft: Make) -> None:
    application = draft()
    for number in range(AT_MOST):
        add_document(application, paper(content=PDF + b"%d" % number), kind="other", now=timezone.now())

    with pytest.raises(RuleViolation, match="There are already 12 papers"), override("en"):
        add_document(application, paper(content=PDF + b"one more"), kind="other", now=timezone.now())

    assert (application.documents.count(), PrivateFile.objects.count()) == (AT_MOST, AT_MOST)


def test_remove_document_takes_the_content_too(
    draft: Make, private_root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    application = draft()
    document = add_document(application, paper(), kind="statute", now=timezone.now())
    assert document.file.path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        remove_document(application, document.pk, now=timezone.now())
        remove_document(application, document.pk, now=timezone.now())

    assert not document.file.path.exists()
    assert (application.documents.count(), PrivateFile.objects.count()) == (0, 0)


def test_remove_document_of_another_application_does_nothing(draft: Make) -> None:
    mine, theirs = draft(), draft()
    document = add_document(theirs, paper(), kind="statute", now=timezone.now())

    remove_document(mine, document.pk, now=timezone.now())

    assert theirs.documents.get() == document


# Send


def test_gaps_of_a_new_draft(draft: Make) -> None:
    application = draft(tax_code="", founded=None)

    assert [(gap.step, gap.field) for gap in gaps(application)] == [
        ("who", "tax_code"),
        ("who", "founded"),
        ("what", "languages"),
        ("what", "fields_of_work"),
        ("what", "activities"),
        ("what", "members"),
        ("what", "officers"),
        ("what", "communities"),
        ("documents", "file"),
        ("documents", "file"),
    ]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        pytest.param({"legal_form": "informal", "tax_code": ""}, [], id="an informal group has no tax code"),
        pytest.param({"legal_form": "aps", "tax_code": ""}, ["tax_code"], id="an association has one"),
        pytest.param({"communities": [], "mixed": True}, [], id="mixed instead of countries"),
        pytest.param({"communities": [], "mixed": False}, ["communities"], id="neither countries nor mixed"),
    ],
)
def test_gaps_of_a_complete_draft(complete: Make, values: dict[str, Any], fields: list[str]) -> None:
    application = save(complete(), values=values, now=timezone.now())

    assert [gap.field for gap in gaps(application)] == fields


def test_send_needs_every_paper(complete: Make) -> None:
    application = complete()
    application.documents.get(kind="deed").delete()

    with pytest.raises(RuleViolation, match=r"Something is still missing: Deed of foundation\."), override("en"):
        send(application, statements=True, now=timezone.now())


def test_send_needs_the_statements(complete: Make) -> None:
    with pytest.raises(RuleViolation, match="accept the three statements"), override("en"):
        send(complete(), statements=False, now=timezone.now())


def test_send_twice_sends_once(complete: Make) -> None:
    application = complete()

    first = send(application, statements=True, now=timezone.now())
    second = send(application, statements=True, now=timezone.now() + timedelta(minutes=1))

    assert (first.state, second.state, second.sent_at) == ("received", "received", first.sent_at)
    assert letters() == ["draft_link", "received"]
    assert actions(application) == [
        "membership.begun",
        "membership.document_added",
        "membership.document_added",
        "membership.sent",
    ]


# Review


def test_an_application_stays_with_its_reviewer(in_review: Make, officer: User, board: User) -> None:
    application = in_review()

    again = review(application, by=officer, now=timezone.now())
    with (
        pytest.raises(RuleViolation, match=r"A colleague reviews this application: officer@example\.org"),
        override("en"),
    ):
        review(application, by=board, now=timezone.now())

    assert again.state_since == application.state_since
    application.refresh_from_db()
    assert application.reviewer == officer


def test_completion_is_asked_and_answered_in_place(in_review: Make, officer: User) -> None:
    application = in_review()
    sent_at = application.sent_at

    asked = ask_completion(application, missing="  La pagina 3.  ", by=officer, now=timezone.now())
    again = ask_completion(application, missing="La pagina 3.", by=officer, now=timezone.now())
    add_document(application, paper(content=PDF + b"3"), kind="statute", now=timezone.now())
    answered = send(application, statements=True, now=timezone.now())

    assert (asked.state, again.state_since) == ("completion_asked", asked.state_since)
    assert (answered.state, answered.reviewer, answered.sent_at) == ("in_review", officer, sent_at)
    assert letters() == ["draft_link", "received", "completion_asked", "received"]


def test_ask_completion_needs_words(in_review: Make, officer: User) -> None:
    with pytest.raises(RuleViolation, match="Write what is missing"), override("en"):
        ask_completion(in_review(), missing=" ", by=officer, now=timezone.now())


def test_admit_makes_a_member(in_review: Make, board: User) -> None:
    application = in_review(language="ar", website="https://vele.example.org")

    membership = admit(application, by=board, now=timezone.now(), resolution="12/2026")

    association = membership.association
    application.refresh_from_db()
    assert (application.state, application.association, application.decided_by) == ("admitted", association, board)
    assert (membership.number, membership.since, membership.until, membership.resolution) == (
        1,
        timezone.localdate(),
        None,
        "12/2026",
    )
    assert (association.slug, association.tax_code, association.language, association.email) == (
        "vele-del-sud",
        "91000000355",
        "ar",
        "awa@example.org",
    )
    assert association.public_email == ""
    assert [row.country for row in association.communities.all()] == ["SN", "CI"]
    assert [row.language for row in association.languages.all()] == ["it", "wo", "fr"]
    assert [row.field for row in association.fields.all()] == ["culture", "women"]
    assert letters()[-1] == "admitted"


def test_admit_twice_admits_once(in_review: Make, board: User) -> None:
    application = in_review()

    first = admit(application, by=board, now=timezone.now())
    second = admit(application, by=board, now=timezone.now())

    assert second == first
    assert Membership.objects.count() == 1
    assert letters().count("admitted") == 1


def test_admit_gives_the_next_number_also_after_numbers_given_by_hand(in_review: Make, board: User) -> None:
    Membership.objects.create(
        association=Association.objects.create(slug="altra", name="Altra", legal_form="aps"),
        number=31,
        since="2023-05-18",
    )

    assert admit(in_review(), by=board, now=timezone.now()).number == 32


def test_a_number_is_never_given_twice(in_review: Make, board: User) -> None:
    admit(in_review(), by=board, now=timezone.now())
    Membership.objects.all().delete()

    assert admit(in_review(tax_code="91123450354"), by=board, now=timezone.now()).number == 2


@pytest.mark.parametrize("verb", [admit, lambda row, **kw: refuse(row, reason="No.", **kw)], ids=["admit", "refuse"])
def test_the_reviewer_does_not_decide(in_review: Make, officer: User, verb: Any) -> None:
    application = in_review()

    with pytest.raises(RuleViolation, match="a colleague takes the decision"), override("en"):
        verb(application, by=officer, now=timezone.now())

    application.refresh_from_db()
    assert application.state == "in_review"


def test_the_database_knows_four_eyes_too(in_review: Make, officer: User) -> None:
    application = in_review()

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(decided_by=officer)


def test_a_body_that_comes_back_keeps_its_record(in_review: Make, board: User) -> None:
    first = admit(in_review(), by=board, now=timezone.now() - timedelta(days=30))
    leave(first, until=timezone.localdate() - timedelta(days=1), by=board)

    second = admit(in_review(name="Vele del Sud APS"), by=board, now=timezone.now())

    assert second.association == first.association
    assert (first.number, second.number) == (1, 2)
    assert Association.objects.get().name == "Vele del Sud APS"


def test_a_member_is_not_admitted_again(in_review: Make, board: User) -> None:
    admit(in_review(), by=board, now=timezone.now())
    again = in_review()

    with pytest.raises(RuleViolation, match="already a member: Vele del Sud"), override("en"):
        admit(again, by=board, now=timezone.now())

    again.refresh_from_db()
    assert again.state == "in_review"


@pytest.mark.parametrize(
    ("name", "short_name", "slug"),
    [("Vele del Sud", "", "vele-del-sud-2"), ("مائدة الرمان", "Melograno", "melograno")],
    ids=["the name is taken", "a name in another script"],
)
def test_the_address_of_an_association(in_review: Make, board: User, name: str, short_name: str, slug: str) -> None:
    Association.objects.create(slug="vele-del-sud", name="Vele del Sud", legal_form="aps")

    membership = admit(in_review(name=name, short_name=short_name), by=board, now=timezone.now())

    assert membership.association.slug == slug


def test_refuse_needs_a_reason_and_stands(in_review: Make, board: User) -> None:
    application = in_review()
    with pytest.raises(RuleViolation, match="Write the reason"), override("en"):
        refuse(application, reason=" ", by=board, now=timezone.now())

    refuse(application, reason="Scopo di lucro.", by=board, now=timezone.now())
    refuse(application, reason="Altro.", by=board, now=timezone.now())

    application.refresh_from_db()
    assert (application.state, application.reason, application.association) == ("refused", "Scopo di lucro.", None)
    assert letters().count("refused") == 1


def test_withdraw_until_the_decision(in_review: Make, board: User) -> None:
    application, admitted = in_review(), in_review(tax_code="91123450354")
    admit(admitted, by=board, now=timezone.now())

    withdraw(application, now=timezone.now())
    withdraw(application, now=timezone.now())
    with pytest.raises(RuleViolation, match="the application is “admitted”"), override("en"):
        withdraw(admitted, now=timezone.now())

    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert letters().count("withdrawn") == 1


@pytest.mark.parametrize("state", [state for state in ApplicationState if not MOVES[state]])
def test_nothing_leads_out_of_an_end(in_review: Make, board: User, officer: User, state: str) -> None:
    application = in_review()
    ends = {
        "admitted": lambda: admit(application, by=board, now=timezone.now()),
        "refused": lambda: refuse(application, reason="No.", by=board, now=timezone.now()),
        "withdrawn": lambda: withdraw(application, now=timezone.now()),
    }
    ends[state]()

    for verb in (
        lambda: review(application, by=officer, now=timezone.now()),
        lambda: ask_completion(application, missing="x", by=officer, now=timezone.now()),
        lambda: save(application, values={"name": "x"}, now=timezone.now()),
        lambda: add_document(application, paper(), kind="other", now=timezone.now()),
        *(end for name, end in ends.items() if name != state),
    ):
        with pytest.raises(RuleViolation):
            verb()
    application.refresh_from_db()
    assert application.state == state


# After


def test_the_news_of_a_member_leaves_after_commit(
    in_review: Make, board: User, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Association] = []

    def hear(association: Association, **_kwargs: Any) -> None:
        heard.append(association)

    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("a receiver that fails")

    member_admitted.connect(hear)
    member_admitted.connect(fail)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            membership = admit(in_review(), by=board, now=timezone.now())
        assert heard == []
        for callback in callbacks:
            callback()
    finally:
        member_admitted.disconnect(hear)
        member_admitted.disconnect(fail)

    assert heard == [membership.association]
    assert Membership.objects.get() == membership


def test_leave_closes_and_stays(in_review: Make, board: User) -> None:
    membership = admit(in_review(), by=board, now=timezone.now())
    day = timezone.localdate()
    with pytest.raises(RuleViolation, match="cannot end before it began"), override("en"):
        leave(membership, until=day - timedelta(days=1), by=board)

    leave(membership, until=day, by=board)
    leave(membership, until=day + timedelta(days=9), by=board)

    membership.refresh_from_db()
    assert membership.until == day


def test_forget_keeps_the_promise_under_the_form(
    complete: Make, in_review: Make, board: User, django_capture_on_commit_callbacks: Any
) -> None:
    now = timezone.now()
    old_draft, young_draft, refused, admitted = complete(), complete(), in_review(), in_review(tax_code="91123450354")
    refuse(refused, reason="No.", by=board, now=now - timedelta(days=181))
    admit(admitted, by=board, now=now - timedelta(days=181))
    Application.objects.filter(pk=old_draft.pk).update(changed_at=now - timedelta(days=91))

    with django_capture_on_commit_callbacks(execute=True):
        done = forget(now=now)

    assert done == (1, 1, 0)
    assert set(Application.objects.all()) == {young_draft, refused, admitted}
    assert [row.documents.count() for row in (young_draft, refused, admitted)] == [2, 0, 2]
    assert PrivateFile.objects.count() == 4
    assert sum(1 for path in PrivateFile.objects.first().path.parents[1].rglob("*") if path.is_file()) == 4
    assert forget(now=now) == (0, 0, 0)
    assert not Letter.objects.about(old_draft).exists()

    assert forget(now=now + timedelta(days=550)) == (1, 0, 1)
    assert list(Application.objects.all()) == [admitted]
    assert not Letter.objects.exclude(about=record_key(admitted)).exists()


def test_the_nightly_command_says_what_went(draft: Make, capsys: pytest.CaptureFixture[str]) -> None:
    draft()
    Application.objects.update(changed_at=timezone.now() - timedelta(days=91))

    call_command("forget_applications")

    assert (
        capsys.readouterr().out
        == "1 drafts deleted; papers of 0 applications; 0 ended applications; 0 contents without a row\n"
    )
