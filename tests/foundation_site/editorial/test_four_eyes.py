import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from foundation_site.editorial.enums import Role


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
