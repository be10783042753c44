from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.private_files import PrivateFile

from ..enums import DocumentKind
from ..models import Application, ApplicationDocument
from .step import locked_to_write

AT_MOST = 12


def add_document(application: Application, upload: UploadedFile, *, kind: str, now: datetime) -> ApplicationDocument:
    """Keep one paper. The same paper sent twice is kept once. Raises RuleViolation for what is not a paper."""
    with transaction.atomic():
        application = locked_to_write(application)
        file = PrivateFile.objects.keep(upload, purpose="membership.application")
        same = application.documents.filter(kind=kind, file__sha256=file.sha256).first()
        if same:
            file.delete()
            return same
        if application.documents.count() >= AT_MOST:
            file.delete()
            raise RuleViolation(
                _("There are already %(number)s papers. Remove one, or put several in one PDF.") % {"number": AT_MOST}
            )
        document = ApplicationDocument.objects.create(application=application, kind=DocumentKind(kind), file=file)
        application.changed_at = now
        application.save(update_fields=["changed_at"])
        log(instance=application, action="membership.document_added", data={"kind": document.kind})
    return document
