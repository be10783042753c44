from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .enums import ApplicationState, DocumentKind
from .models import Application, Association, Membership

# The rows that the public properties of an association read (community_names, field_names, member_since …).
# For pages: .prefetch_related(*(f"association__{name}" for name in PUBLIC_ROWS))
PUBLIC_ROWS = ("communities", "languages", "fields", "memberships")

ANSWER_WITHIN = timedelta(days=60)


def valid_on(day: date) -> Q:
    """Memberships that hold on a day; its last day counts."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def members_on(day: date) -> QuerySet[Association]:
    """Who is, was or will be a member on that day."""
    return Association.objects.filter(Exists(Membership.objects.filter(valid_on(day), association=OuterRef("pk"))))


def member_count(today: date | None = None) -> int:
    return members_on(today or timezone.localdate()).count()


def missing_papers(application: Application) -> list[DocumentKind]:
    """The papers without which an application cannot be sent."""
    there = set(application.documents.values_list("kind", flat=True))
    return [DocumentKind(kind) for kind in DocumentKind.REQUIRED if kind not in there]


def answer_due(application: Application) -> date | None:
    """The day until which we promise an answer; the count stops while something is missing."""
    if application.sent_at is None or application.state not in (ApplicationState.RECEIVED, ApplicationState.IN_REVIEW):
        return None
    return timezone.localtime(application.sent_at + ANSWER_WITHIN).date()
