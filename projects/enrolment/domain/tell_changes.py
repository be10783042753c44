from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from .. import emails
from ..enums import EditionStatus, State
from ..models import Edition, Meeting
from ..queries import MeetingChange, meeting_changes, meetings_of


def tell_changes(edition: Edition, *, before: Sequence[Meeting], now: datetime) -> list[MeetingChange]:
    """Tell everybody who has a place what has become of meetings to come, in one letter with a new calendar file.

    Inside the transaction that changed them, under the lock, with the meetings as they were `before`: so each change is told
    once. Returns the changes.
    """
    changes = meeting_changes(before, meetings_of(edition), now=now)
    if not changes:
        return []
    Meeting.objects.filter(pk__in=[change.pk for change in changes]).update(sequence=F("sequence") + 1)
    if edition.status != EditionStatus.PUBLISHED:
        return changes
    edition = Edition.objects.get(pk=edition.pk)  # with its meetings as they are now
    gone = taken_out(before, edition)
    told = edition.enrolments.filter(state=State.ENROLLED).exclude(confirmed_at=None).prefetch_related("participants")
    for party in told:
        party.edition = edition
        emails.tell_changed(party, changes, gone=gone, now=now)
    return changes


def taken_out(before: Sequence[Meeting], edition: Edition) -> list[Meeting]:
    """Meetings whose row is gone, as cancelled ones: only so do calendars take them out."""
    left = {meeting.pk for meeting in meetings_of(edition)}
    gone = [meeting for meeting in before if meeting.pk not in left]
    for meeting in gone:
        meeting.cancelled, meeting.sequence = True, meeting.sequence + 1
    return gone
