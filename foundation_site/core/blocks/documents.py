from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.documents import get_document_model

from ..at_hand import DocumentChooserBlock


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(label=_("Title"), required=False, max_length=200, help_text=_("Empty: the document's own."))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DocumentsBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(DocumentBlock(), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, with language, kind and size.")
        template = "blocks/documents.html"

    def get_preview_value(self) -> Any:
        documents = get_document_model().objects.order_by("-created_at")[:2]
        return self.normalize([{"document": document, "title": ""} for document in documents])
