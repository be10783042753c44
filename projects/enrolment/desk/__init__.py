"""The staff desk of the register: lists and forms, and the pages that an edition is run from."""

from .attendance import AttendanceView, CertificateView, CertifyView
from .edition import CopyView, DrawView, EditionView, RunView, SheetView, TaughtView
from .message import MessageView
from .records import (
    STEPS,
    CancelView,
    DeskView,
    EditionAdd,
    EditionEdit,
    EditionForm,
    EditionIndex,
    EnrolmentIndex,
    EnrolmentInspect,
    LetterTextAdd,
    LetterTextEdit,
    LetterTextInspect,
    ReceiptView,
)

EDITION_VIEWS: dict[str, type[EditionView]] = {
    "sheet": SheetView,
    "copy": CopyView,
    "message": MessageView,
    "draw": DrawView,
    "certify": CertifyView,
}

__all__ = [
    "EDITION_VIEWS",
    "STEPS",
    "AttendanceView",
    "CancelView",
    "CertificateView",
    "DeskView",
    "EditionAdd",
    "EditionEdit",
    "EditionForm",
    "EditionIndex",
    "EnrolmentIndex",
    "EnrolmentInspect",
    "LetterTextAdd",
    "LetterTextEdit",
    "LetterTextInspect",
    "ReceiptView",
    "RunView",
    "TaughtView",
]
