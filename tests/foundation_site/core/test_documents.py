"""What editors put online as a document is looked into."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from wagtail.documents import get_document_model

from foundation_site.users.models import User

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + bytes(200)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "a")
    return out.getvalue()


def upload(client: Client, name: str, content: bytes) -> list[str]:
    """The errors of the form; none where the document was kept."""
    response = client.post(
        reverse("wagtaildocs:add"),
        {"title": "Statuto", "language": "it", "collection": 1, "tags": "", "file": SimpleUploadedFile(name, content)},
    )
    return [] if response.status_code == 302 else response.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("A.PDF", PDF), ("a.xlsx", workbook()), ("a.zip", archive()), ("a.txt", "قانون".encode()), ("a.csv", b"a;b\n1;2\n")],
    ids=["pdf", "capitals", "xlsx", "zip", "arabic text", "csv"],
)  # fmt: skip
def test_documents_are_kept(client: Client, superuser: User, name: str, content: bytes):
    client.force_login(superuser)

    assert upload(client, name, content) == []

    with get_document_model().objects.get().file.open() as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PROGRAM), ("a.docx", PROGRAM), ("a.txt", PROGRAM), ("a.csv", PDF), ("a.pdf", archive()), ("a.zip", PDF)],
    ids=["program as pdf", "program as docx", "program as text", "pdf as csv", "zip as pdf", "pdf as zip"],
)
def test_what_is_not_what_it_says_is_refused(client: Client, superuser: User, name: str, content: bytes):
    client.force_login(superuser)

    assert upload(client, name, content) == [
        "Questo file non è quello che dice il suo nome, o è danneggiato. Aprilo, salvalo di nuovo e scegli il nuovo file."
    ]
    assert not get_document_model().objects.exists()
