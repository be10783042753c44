"""Groups, their permissions and the workflow. May run twice: everything is found by its name, nothing that people chose is undone."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from .enums import Role
from .models import FourEyesApprovalTask

WORKFLOW = "Redazione → Approvazione"
TASK = "Approvazione a quattro occhi"

# Wagtail's own, in English, which nobody here uses.
FIRST_GROUPS = ("Editors", "Moderators")
FIRST_WORKFLOW = "Moderators approval"

PAGES = {
    Role.EDITORS: ("add_page", "change_page"),
    Role.APPROVERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.ADMINISTRATORS: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}
TRANSLATED_PAGES = {Role.TRANSLATORS: ("change_page",)}

COLLECTIONS = {
    Role.EDITORS: ("add", "change", "choose"),
    Role.APPROVERS: ("add", "change", "choose", "delete"),
    Role.ADMINISTRATORS: ("add", "change", "choose", "delete"),
    Role.TRANSLATORS: ("choose",),
}

REGISTERS = ("places", "agreements", "funding")
ALL, EDIT, VIEW = ("view", "add", "change", "delete"), ("view", "add", "change"), ("view",)

# Role → (app label, model name or "" for all, actions)
MODELS: dict[Role, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    Role.EDITORS: (*((app, "", VIEW) for app in REGISTERS), ("enrolment", "lettertext", EDIT)),
    Role.APPROVERS: (
        *((app, "", EDIT) for app in REGISTERS),
        *(("core", model, EDIT) for model in ("topic", "navigation", "footer")),
        ("enrolment", "lettertext", EDIT),
    ),
    Role.COURSE_DESK: (("enrolment", "", ALL),),
    Role.TEACHERS: (("enrolment", "edition", ("teach",)),),
    Role.ASSESSORS: (("enrolment", "enrolment", ("assess",)),),
    Role.MEMBERSHIP_DESK: (("membership", "", ALL),),
    Role.ADMINISTRATORS: (
        *(
            (app, "", ALL)
            for app in (*REGISTERS, "enrolment", "membership", "wagtailredirects", "wagtailsearchpromotions")
        ),
        *(("core", model, ALL) for model in ("topic", "navigation", "footer")),
        ("core", "sitesettings", ("change",)),
        ("core", "openinghours", ("change",)),
        ("users", "user", ("add", "change", "delete")),
        ("wagtailcore", "collection", ("add", "change", "delete")),
    ),
}
SUBMIT_TRANSLATION = (Role.TRANSLATORS, Role.EDITORS, Role.APPROVERS, Role.ADMINISTRATORS)


@transaction.atomic
def set_up_editorial() -> None:
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    for role, group in groups.items():
        group.permissions.add(*permissions_of(role))
    grant_pages()
    grant_collections(groups)
    set_up_workflow(groups[Role.APPROVERS])
    retire_first_groups()


def permissions_of(role: Role) -> Iterable[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if role in SUBMIT_TRANSLATION:
        wanted |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    for app, model, actions in MODELS.get(role, ()):
        for action in actions:
            codename = Q(codename=f"{action}_{model}") if model else Q(codename__startswith=f"{action}_")
            wanted |= Q(content_type__app_label=app) & codename
    return Permission.objects.filter(wanted)


def grant_pages() -> None:
    """Page permissions on the front page of each language that there is, hence on all pages below it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    for home in Page.objects.filter(translation_key=site.root_page.translation_key, depth=2).select_related("locale"):
        grant(home, PAGES)
        if home.locale.language_code != settings.LANGUAGE_CODE:
            grant(home, TRANSLATED_PAGES)


def grant(home: Page, permissions: Mapping[Role, tuple[str, ...]]) -> None:
    for role, codenames in permissions.items():
        group = Group.objects.filter(name=role.value).first()
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            if group:
                GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def grant_collections(groups: dict[Role, Group]) -> None:
    root = Collection.get_first_root_node()
    for role, actions in COLLECTIONS.items():
        codenames = [f"{action}_{model}" for action in actions for model in ("image", "document")]
        found = Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=codenames
        )
        for permission in found:
            GroupCollectionPermission.objects.get_or_create(group=groups[role], collection=root, permission=permission)


def set_up_workflow(approvers: Group) -> None:
    task, _created = FourEyesApprovalTask.objects.get_or_create(name=TASK)
    task.groups.add(approvers)
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    root = Page.get_first_root_node()
    # Afterwards the choice is the administrators'.
    if created or not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def retire_first_groups() -> None:
    Group.objects.filter(name__in=FIRST_GROUPS, user=None).delete()
    for workflow in Workflow.objects.filter(
        name=FIRST_WORKFLOW, active=True, workflow_pages=None, workflow_states=None
    ):
        workflow.deactivate()
