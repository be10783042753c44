from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from foundation_site.core.mail.models import Letter

from ..enums import ApplicationState
from ..models import Application

DRAFTS_AFTER = timedelta(days=90)
PAPERS_AFTER = timedelta(days=180)
ENDED_AFTER = timedelta(days=730)


def forget(*, now: datetime) -> tuple[int, int, int]:
    """Keep what we said under the form: drafts that nobody goes on with are deleted; of applications that came to nothing
    first the papers, then all. Returns how many drafts went, how many applications lost their papers, and how many went whole.
    What stays is their history, which holds no names."""
    drafts = Application.objects.filter(state=ApplicationState.DRAFT, changed_at__lt=now - DRAFTS_AFTER)
    ended = Application.objects.filter(state__in=(ApplicationState.REFUSED, ApplicationState.WITHDRAWN))
    with_papers = ended.filter(state_since__lt=now - PAPERS_AFTER, documents__isnull=False).distinct()
    long_ended = ended.filter(state_since__lt=now - ENDED_AFTER)
    return each(drafts, delete_whole), each(with_papers, delete_papers), each(long_ended, delete_whole)


def each(applications: QuerySet[Application], verb: Callable[[Application], None]) -> int:
    """One transaction each: a file that resists does not keep the others."""
    keys = list(applications.values_list("pk", flat=True))
    for pk in keys:
        with transaction.atomic():
            verb(Application.objects.select_for_update(of=("self",)).get(pk=pk))
    return len(keys)


def delete_papers(application: Application) -> None:
    for document in application.documents.select_related("file"):
        document.delete()
        document.file.delete()
    log(instance=application, action="membership.papers_deleted")


def delete_whole(application: Application) -> None:
    delete_papers(application)
    Letter.objects.about(application).delete()
    application.delete()
