from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from ..enums import ApplicationState
from ..models import Application

DRAFTS_AFTER = timedelta(days=90)
PAPERS_AFTER = timedelta(days=180)


def forget(*, now: datetime) -> tuple[int, int]:
    """Keep what we said under the form: drafts that nobody goes on with are deleted, and the papers of applications that
    came to nothing. Returns how many drafts went, and how many applications lost their papers."""
    drafts = Application.objects.filter(state=ApplicationState.DRAFT, changed_at__lt=now - DRAFTS_AFTER)
    ended = Application.objects.filter(
        state__in=(ApplicationState.REFUSED, ApplicationState.WITHDRAWN),
        state_since__lt=now - PAPERS_AFTER,
        documents__isnull=False,
    ).distinct()
    return each(drafts, delete_draft), each(ended, delete_papers)


def each(applications: QuerySet[Application], verb: object) -> int:
    """One transaction each: a file that resists does not keep the others."""
    keys = list(applications.values_list("pk", flat=True))
    for pk in keys:
        with transaction.atomic():
            verb(Application.objects.select_for_update(of=("self",)).get(pk=pk))  # type: ignore[operator]
    return len(keys)


def delete_papers(application: Application) -> None:
    for document in application.documents.select_related("file"):
        document.delete()
        document.file.delete()
    log(instance=application, action="membership.papers_deleted")


def delete_draft(application: Application) -> None:
    delete_papers(application)
    application.delete()
