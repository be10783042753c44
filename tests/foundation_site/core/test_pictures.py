"""Pictures of the site are drawn anew, by whichever door they come."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from wagtail.models import UploadedFile

from foundation_site.core.errors import RuleViolation
from foundation_site.core.media import FoundationImage
from foundation_site.core.pictures import redrawn

TAIL = b"PK\x03\x04 something else behind the picture"


@pytest.fixture
def editor(client: Client, superuser) -> Client:
    client.force_login(superuser)
    return client


def photo(kind: str = "JPEG") -> bytes:
    """As a phone makes it: larger than needed, lying on its side, with the place where it was taken."""
    notes = Image.Exif()
    notes[Base.Orientation] = 6
    notes[Base.Model] = "Phone"
    notes.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (44.0, 41.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000), "teal").save(out, kind, exif=notes)
    assert Image.open(out).getexif()
    return out.getvalue() + TAIL


def upload(name: str = "foto.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content, content_type="image/jpeg")


def form(**values: Any) -> dict[str, Any]:
    return {"title": "Una foto", "description": "Una piazza", "collection": 1, "credit": "", "licence": "own", **values}


def assert_clean(picture: FoundationImage) -> None:
    content = picture.file.read()
    opened = Image.open(io.BytesIO(content))
    assert dict(opened.getexif()) == {}
    assert TAIL not in content
    assert opened.size == (picture.width, picture.height) == (1707, 2560)


def test_picture_loses_place_camera_and_tail(editor: Client):
    response = editor.post("/admin/images/add/", form(file=upload()))

    assert response.status_code == 302
    assert_clean(FoundationImage.objects.get())


def test_several_pictures_at_once_lose_them_too(editor: Client):
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    laid_aside = editor.post(
        "/admin/images/multiple/add/", {"title": "x", "collection": 1, "files[]": upload()}, headers=ajax
    )
    waiting = UploadedFile.objects.get()
    assert TAIL not in waiting.file.read()

    number = json.loads(laid_aside.content)["uploaded_file_id"]
    described = {f"uploaded-image-{number}-{name}": value for name, value in form().items()}
    done = editor.post(f"/admin/images/multiple/create_from_uploaded_image/{number}/", described, headers=ajax)

    assert json.loads(done.content)["success"]
    assert_clean(FoundationImage.objects.get())


def test_picture_needs_a_description_or_the_word_that_it_only_decorates(editor: Client):
    refused = editor.post("/admin/images/add/", form(file=upload(), description=""))
    assert refused.status_code == 200
    assert not FoundationImage.objects.exists()

    editor.post("/admin/images/add/", form(file=upload(), description="", only_decorates="on"))
    assert FoundationImage.objects.get().default_alt_text == ""


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photo()[:5000], id="cut off"),
        pytest.param(b"MZ\x90\x00", id="something else"),
    ],
)
def test_damaged_picture_is_refused(editor: Client, content: bytes):
    response = editor.post("/admin/images/add/", form(file=upload(content=content)))

    assert list(response.context["form"].errors) == ["file"]
    assert not FoundationImage.objects.exists()


def test_picture_with_too_many_pixels_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000 * 1000

    with override("en"), pytest.raises(RuleViolation, match="too many pixels"):
        redrawn(io.BytesIO(photo()))


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_transparent_colour_of_a_palette_stays_transparent(kind: str):
    drawing = Image.new("P", (10, 10), 0)
    drawing.putpalette([255, 255, 255, 200, 0, 0])
    drawing.putpixel((0, 0), 1)
    out = io.BytesIO()
    drawing.save(out, kind, transparency=0)

    content, kept = redrawn(io.BytesIO(out.getvalue()))

    again = Image.open(io.BytesIO(content)).convert("RGBA")
    assert kept == kind
    assert (again.getpixel((9, 9))[3], again.getpixel((0, 0))) == (0, (200, 0, 0, 255))
