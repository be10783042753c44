from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from foundation_site.editorial.enums import Role
from home.models import StandardPage


@pytest.fixture
def submitted(about, person):
    """A changed page in review, written and submitted by an editor."""
    editor = person(Role.EDITORS)
    about.introduction = "Una fondazione di tutti."
    about.save_revision(user=editor)
    about.get_workflow().start(about, editor)
    return about


def names(page, user):
    return {name for name, _label, _modal in page.current_workflow_task.get_actions(page, user)}


def act(client, page, action, **data):
    task_state = page.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task_state.pk]), data)


def test_another_approver_approves_and_it_is_published(submitted, person, signed_in):
    approver = person(Role.APPROVERS)

    act(signed_in(approver), submitted, "approve")

    submitted.refresh_from_db()
    assert submitted.introduction == "Una fondazione di tutti."
    assert submitted.workflow_states.get().status == WorkflowState.STATUS_APPROVED


def test_approval_publishes_without_the_right_to_publish(submitted, person, signed_in):
    approver = person(Role.APPROVERS)
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()

    act(signed_in(approver), submitted, "approve")

    submitted.refresh_from_db()
    assert submitted.introduction == "Una fondazione di tutti."


def test_editors_have_no_buttons(submitted, person):
    assert names(submitted, person(Role.EDITORS, "altra")) == set()


def test_who_wrote_last_cannot_approve_but_send_back(submitted, person, signed_in):
    approver = person(Role.APPROVERS)
    submitted.introduction = "Una fondazione di tutte e tutti."
    submitted.save_revision(user=approver)

    assert names(submitted, approver) == {"reject"}
    act(signed_in(approver), submitted, "approve")

    submitted.refresh_from_db()
    assert submitted.introduction == "Una fondazione della città."
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_who_submitted_cannot_approve(about, person):
    approver, editor = person(Role.APPROVERS), person(Role.EDITORS)
    about.save_revision(user=editor)
    about.get_workflow().start(about, approver)

    assert names(about, approver) == {"reject"}
    assert names(about, person(Role.APPROVERS, "altra")) == {"approve", "reject"}


def test_superuser_cannot_approve_her_own(about, house, superuser):
    about.save_revision(user=superuser)
    about.get_workflow().start(about, superuser)

    assert names(about, superuser) == {"reject"}


def test_the_rule_holds_where_the_button_is_not_asked(submitted, person):
    approver = person(Role.APPROVERS)
    submitted.save_revision(user=approver)

    with pytest.raises(PermissionDenied):
        submitted.current_workflow_task.on_action(submitted.current_workflow_task_state, approver, "approve")


def test_a_version_saved_during_review_is_asked_for_again(submitted, person, signed_in):
    second, third = person(Role.APPROVERS, "due"), person(Role.APPROVERS, "tre")
    submitted.introduction = "Cambiata durante la revisione."
    submitted.save_revision(user=second)

    act(signed_in(third), submitted, "approve")
    submitted.refresh_from_db()
    after_first = submitted.introduction
    act(signed_in(third), submitted, "approve")
    submitted.refresh_from_db()

    assert after_first == "Una fondazione della città."
    assert submitted.introduction == "Cambiata durante la revisione."


def test_the_editor_says_why_the_button_is_missing(submitted, person, signed_in):
    approver = person(Role.APPROVERS)
    submitted.save_revision(user=approver)

    mine = signed_in(approver).get(f"/admin/pages/{submitted.pk}/edit/").content.decode()
    others = signed_in(person(Role.APPROVERS, "altra")).get(f"/admin/pages/{submitted.pk}/edit/").content.decode()

    sentence = "somebody else must approve it"
    assert sentence in mine
    assert sentence not in others


def test_publish_pressed_by_anybody_only_saves(about, person, signed_in, superuser):
    data = nested_form_data(
        {
            "title": "Chi siamo davvero", "slug": "chi-siamo", "introduction": "", "image": "", "image_alt": "",
            "body": streamfield([("text", rich_text("<p>Nuovo.</p>"))]), "search_description": "Storia", "seo_title": "",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "review_on": "", "go_live_at": "", "expire_at": "",
            "owner": "", "action-publish": "action-publish",
        }
    )  # fmt: skip

    for user in [person(Role.EDITORS), person(Role.APPROVERS), person(Role.ADMINISTRATORS), superuser]:
        signed_in(user).post(f"/admin/pages/{about.pk}/edit/", data)
        about.refresh_from_db()
        assert (about.title, about.latest_revision.user) == ("Chi siamo", user)


# Every other door to publication


@pytest.fixture(params=[Role.EDITORS, Role.APPROVERS, Role.ADMINISTRATORS, None], ids=str)
def whoever(request, person, superuser):
    return person(request.param) if request.param else superuser


@pytest.fixture
def draft(about):
    page = StandardPage(title="Bozza", slug="bozza", search_description="Bozza", locale=about.locale, live=False)
    about.get_parent().add_child(instance=page)
    page.save_revision()
    return page


def test_publishing_in_bulk_does_nothing(draft, whoever, signed_in):
    signed_in(whoever).post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}", {"include_descendants": "on"})

    draft.refresh_from_db()
    assert not draft.live


def test_a_copy_is_a_draft(about, whoever, signed_in):
    data = {"new_title": "Copia", "new_slug": "copia", "new_parent_page": about.get_parent().pk, "copy_subpages": "on"}

    client = signed_in(whoever)
    client.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), {**data, "publish_copies": "on"})
    client.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), data)

    assert list(StandardPage.objects.filter(title="Copia").values_list("live", flat=True)) == [False]


def test_a_new_page_is_a_draft(home, about, whoever, signed_in):
    data = nested_form_data(
        {
            "title": "Nuova", "slug": "nuova", "introduction": "", "image": "", "image_alt": "", "body": streamfield([]),
            "search_description": "Nuova", "seo_title": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "review_on": "", "go_live_at": "", "expire_at": "", "owner": "", "action-publish": "action-publish",
        }
    )  # fmt: skip

    signed_in(whoever).post(f"/admin/pages/add/home/standardpage/{home.pk}/", data)

    assert list(StandardPage.objects.filter(title="Nuova").values_list("live", flat=True)) == [False]


def test_an_approved_date_in_the_future_waits(about, person, signed_in):
    editor = person(Role.EDITORS)
    about.introduction = "Da domani."
    about.go_live_at = timezone.now() + timedelta(days=1)
    revision = about.save_revision(user=editor)
    about.get_workflow().start(about, editor)

    act(signed_in(person(Role.APPROVERS)), about, "approve")

    about.refresh_from_db()
    revision.refresh_from_db()
    assert (about.introduction, revision.approved_go_live_at) == (
        "Una fondazione della città.",
        about.get_latest_revision_as_object().go_live_at,
    )
