from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from ..models import Application
from .step import locked_to_write


def remove_document(application: Application, pk: int, *, now: datetime) -> None:
    """Take a paper back, content and all. One that is gone already, or that is another's, is left in peace."""
    with transaction.atomic():
        application = locked_to_write(application)
        document = application.documents.select_related("file").filter(pk=pk).first()
        if document is None:
            return
        document.delete()
        document.file.delete()
        application.changed_at = now
        application.save(update_fields=["changed_at"])
        log(instance=application, action="membership.document_removed", data={"kind": document.kind})
