"""The certificate as a file, and the page where anybody sees that it is genuine."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from wagtail.models import Site

from foundation_site.core.site_settings import SiteSettings
from projects.enrolment.certificate_pdf import certificate_pdf
from projects.enrolment.models import Certificate

PAGE = "/en/enrol/certificate/"


@pytest.fixture
def make_certificate(home, make_edition, ask):
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"name": "Fondazione Ponte"})

    def make(**facts):
        edition = make_edition()
        participant = ask(edition, "Samira Benali").participants.get()
        return Certificate.objects.create(
            **{
                "participant": participant, "edition": edition, "code": "ABCD2345", "language": "en", "name": "Samira Benali",
                "name_own_script": "سميرة بنعلي", "initials": "S. B.", "title": "Arabic: Evening", "minutes_attended": 630,
                "minutes_held": 900, "first_day": date(2026, 10, 6), "last_day": date(2026, 12, 8),
                "issued_at": datetime(2026, 12, 9, 0, 30, tzinfo=ZoneInfo("Europe/Rome")), **facts,
            }
        )  # fmt: skip

    return make


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> set[str]:
    """The words, whatever order the reader of right-to-left pages finds them in."""
    text = "".join(char for char in read(pdf).pages[0].extract_text() if char not in "\u202a\u202b\u202c")
    return set(text.split())


def test_the_file_is_tagged_and_says_what_happened(make_certificate):
    pdf = certificate_pdf(make_certificate())

    root = read(pdf).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root) == (True, "en", True)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert read(pdf).metadata.title == "Certificate of attendance: Samira Benali"
    text = read(pdf).pages[0].extract_text()
    for said in (
        "Fondazione Ponte", "Certificate of attendance", "Samira Benali", "Arabic: Evening", "10.5 of 15",
        "from 6 October 2026 to 8 December 2026", "9 December 2026", "ABCD2345", "/en/enrol/certificate/?code=ABCD2345",
    ):  # fmt: skip
        assert said in text, said
    assert {"سميرة", "بنعلي"} <= words(pdf)


def test_in_arabic_it_runs_from_the_right(make_certificate):
    pdf = certificate_pdf(make_certificate(language="ar", title="العربية"))

    assert read(pdf).trailer["/Root"]["/Lang"] == "ar"
    assert {"العربية", "Samira", "Benali", "ABCD2345"} <= words(pdf)
    page = read(pdf).pages[0]
    starts = []
    page.extract_text(visitor_text=lambda text, cm, _tm, _font, _size: starts.append(cm[4]) if text.strip() else None)
    assert min(starts) > 100  # no line begins at the left margin of three centimetres


def test_it_is_the_same_file_each_time(make_certificate):
    certificate = make_certificate()

    assert certificate_pdf(certificate) == certificate_pdf(Certificate.objects.get())


def test_all_its_letters_are_on_board(make_certificate):
    """Also those of a name in the script of another continent; nothing hangs on the fonts of a machine."""
    names = "明慧 Їжак აბ ਸਤ বা தமி ሰላም հայ שם ไทย සිං हिन ⵣ ひカ"
    pdf = certificate_pdf(make_certificate(name_own_script=names))

    assert b"pdfuaid:part" in read(pdf).trailer["/Root"]["/Metadata"].get_object().get_data()
    fonts = read(pdf).pages[0]["/Resources"]["/Font"].values()
    descriptors = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_a_name_with_a_sign_that_no_font_shows_still_gets_its_file(make_certificate):
    pdf = certificate_pdf(make_certificate(name="Samira ⚽"))

    assert "Samira" in read(pdf).pages[0].extract_text()


def test_what_a_name_holds_is_not_read_as_markup(make_certificate):
    name = '#panic("x") *a* $b$ \\'

    assert name in read(certificate_pdf(make_certificate(name=name))).pages[0].extract_text()


def test_the_link_in_the_letter_opens_the_file_and_no_other_does(client, make_certificate):
    token = make_certificate().token

    right, wrong = client.get(f"{PAGE}{token}.pdf"), client.get(f"{PAGE}{token[:-1]}.pdf")

    assert (right.status_code, right["Content-Type"], right["Cache-Control"]) == (
        200, "application/pdf", "no-store, private",
    )  # fmt: skip
    assert right.content.startswith(b"%PDF-")
    assert wrong.status_code == 404


def test_the_page_of_the_request_leads_to_it(client, make_certificate):
    certificate = make_certificate()

    page = client.get(f"/en/enrol/request/{certificate.participant.enrolment.token}/").content.decode()

    assert f"{PAGE}{certificate.pk}." in page


@pytest.mark.parametrize("code", ["ABCD2345", "abcd 2345", " abcd-2345 "])
def test_who_has_the_paper_sees_that_it_is_genuine(client, make_certificate, code):
    make_certificate()

    page = client.get(PAGE, {"code": code})
    text = page.content.decode()

    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "Yes, this certificate is genuine" in text
    for said in ("S. B.", "Arabic: Evening", "10.5 of 15", "6 October 2026", "9 December 2026"):
        assert said in text, said
    for kept in ("Samira", "Benali", "سميرة", "samira.benali@example.org"):
        assert kept not in text, kept


def test_an_unknown_code_says_so_and_keeps_what_was_typed(client, make_certificate):
    make_certificate()

    page = client.get(PAGE, {"code": "ABCD2346"})

    assert page.status_code == 422
    assert "We have issued no certificate with this code" in page.content.decode()
    assert 'value="ABCD2346"' in page.content.decode()


@pytest.mark.parametrize("code", ["", "\x00", "a" * 21, "⚽", "%_%"])
def test_what_is_no_code_finds_nothing(client, make_certificate, code):
    make_certificate()

    page = client.get(PAGE, {"code": code})

    assert (page.status_code, "S. B." in page.content.decode()) == (422, False)


def test_codes_cannot_be_tried_out(client, make_certificate, monkeypatch):
    monkeypatch.setattr("projects.enrolment.views.CODES_PER_HOUR_FROM_ONE_PLACE", 2)
    make_certificate()

    found = [client.get(PAGE, {"code": "ABCD2345"}).status_code for _try in range(3)]

    assert found == [200, 200, 422]


def test_the_empty_page_asks_for_the_code(client, home):
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "Code of the certificate" in page.content.decode()
