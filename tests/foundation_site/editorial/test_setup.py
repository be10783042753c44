import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from foundation_site.editorial.enums import Role
from foundation_site.editorial.models import FourEyesApprovalTask
from foundation_site.editorial.setup import set_up_editorial
from foundation_site.users.models import User


def test_groups_have_the_names_that_people_say(house):
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_running_twice_changes_nothing(house):
    def counts():
        return [
            Group.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count(),
            FourEyesApprovalTask.objects.count(), Group.permissions.through.objects.count(),
        ]  # fmt: skip

    before = counts()

    set_up_editorial()

    assert counts() == before


def test_workflow_is_assigned_to_all_pages(house, about, arabic_about):
    assert {page.get_workflow().name for page in (about, arabic_about)} == {"Redazione → Approvazione"}


def test_another_workflow_chosen_by_administrators_stays(house):
    chosen = Workflow.objects.create(name="Un altro")
    WorkflowPage.objects.filter(page=Page.get_first_root_node()).update(workflow=chosen)

    set_up_editorial()

    assert WorkflowPage.objects.get(page=Page.get_first_root_node()).workflow == chosen


def test_groups_in_use_are_not_removed(arabic_home):
    group = (
        Group.objects.create(name="Editors")
        if not Group.objects.filter(name="Editors").exists()
        else Group.objects.get(name="Editors")
    )
    group.user_set.add(User.objects.create_user("vecchia@example.org"))

    set_up_editorial()

    assert Group.objects.filter(name="Editors").exists()


@pytest.mark.parametrize(
    ("role", "italian", "arabic"),
    [
        (Role.EDITORS, (True, True), (True, True)),
        (Role.APPROVERS, (True, True), (True, True)),
        (Role.TRANSLATORS, (False, False), (True, False)),
        (Role.COURSE_DESK, (False, False), (False, False)),
        (Role.ASSESSORS, (False, False), (False, False)),
        (Role.TEACHERS, (False, False), (False, False)),
        (Role.MEMBERSHIP_DESK, (False, False), (False, False)),
        (Role.ADMINISTRATORS, (True, True), (True, True)),
    ],
    ids=lambda value: value.value if isinstance(value, Role) else "",
)
def test_who_may_edit_and_add_pages(person, about, arabic_about, role, italian, arabic):
    user = person(role)

    found = [
        (permissions.can_edit(), permissions.can_add_subpage())
        for permissions in (about.permissions_for_user(user), arabic_about.permissions_for_user(user))
    ]

    assert found == [italian, arabic]


def test_nobody_publishes_directly_where_a_workflow_asks(person, about, superuser):
    users = [person(role) for role in Role] + [superuser]

    found = {user.email: about.permissions_for_user(user).can_publish() for user in users}

    assert not any(found.values())


def test_without_a_workflow_the_right_to_publish_is_enough(person, about, superuser):
    approver = person(Role.APPROVERS)
    WorkflowPage.objects.all().delete()

    assert about.permissions_for_user(approver).can_publish()
    assert about.permissions_for_user(superuser).can_publish()


def test_approvers_may_unpublish_and_set_privacy(person, about):
    permissions = about.permissions_for_user(person(Role.APPROVERS))

    assert permissions.can_unpublish()
    assert permissions.can_set_view_restrictions()
    assert permissions.can_unschedule()


def test_privacy_is_set_on_the_source(person, arabic_about):
    assert not arabic_about.permissions_for_user(person(Role.APPROVERS)).can_set_view_restrictions()


def apps_of(user):
    return {permission.split(".")[0] for permission in user.get_all_permissions()}


def test_desks_hold_all_of_their_register_and_nothing_else(person):
    courses, membership = person(Role.COURSE_DESK), person(Role.MEMBERSHIP_DESK)

    assert apps_of(courses) == {"wagtailadmin", "enrolment"}
    assert apps_of(membership) == {"wagtailadmin", "membership"}
    everything = Permission.objects.filter(
        content_type__app_label="enrolment", codename__regex="^(view|add|change|delete)_"
    ).count()
    assert len([name for name in courses.get_all_permissions() if name.startswith("enrolment.")]) == everything


def test_assessors_assess_and_see_nothing_else(person):
    assert set(person(Role.ASSESSORS).get_all_permissions()) == {
        "wagtailadmin.access_admin",
        "enrolment.assess_enrolment",
    }
    assert not person(Role.COURSE_DESK).has_perm("enrolment.assess_enrolment")


def test_teachers_teach_and_see_nothing_else(person):
    assert set(person(Role.TEACHERS).get_all_permissions()) == {"wagtailadmin.access_admin", "enrolment.teach_edition"}
    assert not person(Role.COURSE_DESK).has_perm("enrolment.teach_edition")


def test_editors_see_registers_that_approvers_change(person):
    editor, approver = person(Role.EDITORS), person(Role.APPROVERS)

    assert editor.has_perm("agreements.view_agreement")
    assert not editor.has_perm("agreements.change_agreement")
    assert approver.has_perm("agreements.change_agreement")
    assert not approver.has_perm("agreements.delete_agreement")


def test_only_approvers_and_administrators_change_menus(person):
    holders = [role for role in Role if person(role).has_perm("core.change_navigation")]

    assert holders == [Role.APPROVERS, Role.ADMINISTRATORS]


def test_a_new_language_gets_the_permissions(person, home, locales):
    translator = person(Role.TRANSLATORS)

    french_home = home.copy_for_translation(locales["fr"])

    assert french_home.permissions_for_user(translator).can_edit()


# Accounts


def edit_account(client, user, **changes):
    data = {"email": user.email, "first_name": "Nome", "last_name": "Cognome", "is_active": "on", **changes}
    return client.post(f"/admin/users/edit/{user.pk}/", data)


def test_administrator_makes_accounts_but_no_superusers(person, signed_in):
    client = signed_in(person(Role.ADMINISTRATORS))
    password = "parola-lunga-e-nuova"

    client.post(
        "/admin/users/new/",
        {
            "email": "nuova@example.org", "first_name": "Nuova", "last_name": "Persona", "is_superuser": "on",
            "password1": password, "password2": password,
        },
    )  # fmt: skip

    assert not User.objects.get(email="nuova@example.org").is_superuser
    assert "is_superuser" not in client.get("/admin/users/new/").content.decode()


def test_administrator_cannot_raise_a_colleague(person, signed_in):
    colleague = person(Role.EDITORS)

    edit_account(signed_in(person(Role.ADMINISTRATORS)), colleague, is_superuser="on")

    colleague.refresh_from_db()
    assert (colleague.is_superuser, colleague.first_name) == (False, "Nome")


def test_administrator_cannot_take_over_the_account_of_a_superuser(person, signed_in, superuser):
    edit_account(
        signed_in(person(Role.ADMINISTRATORS)),
        superuser,
        password1="parola-rubata-1234",
        password2="parola-rubata-1234",
    )

    superuser.refresh_from_db()
    assert superuser.check_password("a-long-password-for-tests")


def test_superuser_makes_superusers(person, signed_in, superuser):
    colleague = person(Role.EDITORS)

    edit_account(signed_in(superuser), colleague, is_superuser="on")

    colleague.refresh_from_db()
    assert colleague.is_superuser


def test_administrator_cannot_switch_off_a_superuser_in_bulk(person, signed_in, superuser):
    client = signed_in(person(Role.ADMINISTRATORS))

    client.post(f"/admin/bulk/users/user/set_active_state/?id={superuser.pk}", {"mark_as_active": "False"})

    superuser.refresh_from_db()
    assert superuser.is_active
