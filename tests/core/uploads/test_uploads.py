"""What may be kept, what it becomes, and what is refused with which sentence."""

import hashlib
import io
import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from sroi_portal.core import uploads
from sroi_portal.core.uploads import names, scanning
from tests.core.uploads import fake_clamd
from tests.core.uploads.hostile_files import EICAR, hostile_files, pdf, pdf_with_file, picture


@pytest.fixture(autouse=True)
def _in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def _unscanned(settings):
    settings.CLAMAV, settings.ALLOW_UNSCANNED = "", True


@pytest.fixture
def clamd(settings, tmp_path):
    place = str(tmp_path / "clamd.ctl")
    settings.CLAMAV = place
    with fake_clamd.running(fake_clamd.UnixClamd, place) as server:
        yield server


def accepted(name, content):
    return uploads.accept(SimpleUploadedFile(name, content))


@pytest.mark.usefixtures("_unscanned")
@pytest.mark.parametrize(
    "each", hostile_files(), ids=lambda each: each.name.encode("unicode_escape").decode()
)
def test_a_hostile_file_is_refused_with_a_sentence_that_says_why(each):
    with pytest.raises(uploads.UploadRefusedError, match=each.because):
        accepted(each.name, each.content)


@pytest.mark.usefixtures("_unscanned")
def test_a_pdf_is_written_anew_without_its_maker():
    kept = accepted("uren maart.pdf", pdf(info={"/Author": "Jansen", "/Producer": "Word"}))

    content = kept.content.read()
    assert b"Jansen" not in content
    assert PdfReader(io.BytesIO(content)).metadata is None
    assert "Urenverklaring" in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert (kept.name, kept.suffix, kept.media_type) == (
        "uren maart.pdf",
        ".pdf",
        "application/pdf",
    )
    assert kept.sha256 == hashlib.sha256(content).digest()


@pytest.mark.usefixtures("_unscanned")
def test_an_earlier_version_inside_a_pdf_is_left_behind():
    with_file = pdf_with_file()
    earlier = with_file[: with_file.rindex(b"%%EOF")]
    assert b"EmbeddedFile" in earlier
    with pytest.raises(uploads.UploadRefusedError):
        accepted("a.pdf", with_file)


@pytest.mark.usefixtures("_unscanned")
def test_a_picture_loses_where_and_by_whom_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x8825] = 6, "Jansen", {1: "N", 2: (52.0, 5.0, 0.0)}
    kept = accepted("foto.JPG", picture("JPEG", size=(8, 4), exif=exif))

    with Image.open(kept.content) as drawn:
        assert not drawn.getexif()
        assert drawn.size == (4, 8)  # upright
    assert kept.suffix == ".jpg"


@pytest.mark.usefixtures("_unscanned")
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn_again(mode):
    made = io.BytesIO()
    Image.new(mode, (3, 3)).save(made, "PNG")
    assert Image.open(accepted("a.png", made.getvalue()).content).size == (3, 3)


@pytest.mark.usefixtures("_unscanned")
def test_what_is_kept_is_accepted_again():
    for name, content in (("a.pdf", pdf()), ("a.png", picture()), ("a.jpeg", picture("JPEG"))):
        kept = accepted(name, content).content.read()
        assert accepted(name, kept).media_type


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\mappen\\uren.pdf", "uren.pdf"),
        ("uren\N{RIGHT-TO-LEFT OVERRIDE}gnp.pdf", "urengnp.pdf"),
        ("uren\0\r\nX: y.pdf", "urenX_ y.pdf"),
        ("  .pdf", "pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 10),
        ("", "file"),
    ],
)
def test_a_name_is_tidied(given, shown):
    assert names.tidy(given) == shown


def test_without_a_scanner_nothing_is_kept(settings):
    settings.CLAMAV, settings.ALLOW_UNSCANNED = "", False
    assert not uploads.are_possible()
    with pytest.raises(uploads.UploadRefusedError, match="no virus scanner"):
        accepted("a.pdf", pdf())


@pytest.mark.usefixtures("_unscanned")
def test_an_installation_that_does_without_marks_what_it_keeps():
    assert uploads.are_possible()
    assert accepted("a.pdf", pdf()).scan == "unscanned"


def test_a_scanned_file_says_so(clamd):
    content = pdf()
    assert accepted("a.pdf", content).scan == "clean"
    assert clamd.scanned == [content]


def test_a_file_in_which_the_scanner_finds_something_is_not_kept(clamd):
    with pytest.raises(uploads.UploadRefusedError, match="found something"):
        accepted("a.pdf", with_eicar())


def test_a_scanner_that_is_away_holds_the_file_back(settings, tmp_path):
    settings.CLAMAV, settings.ALLOW_UNSCANNED = f"unix:{tmp_path}/nobody", True
    assert accepted("a.pdf", pdf()).scan == "waiting"
    with pytest.raises(uploads.UploadRefusedError, match="does not answer"):
        scanning.scan(pdf())  # of what is read at once and not kept


def test_a_scanner_that_says_something_else_holds_the_file_back(clamd, monkeypatch):
    monkeypatch.setattr(fake_clamd, "LIMIT_BYTES", 10)
    assert accepted("a.pdf", pdf()).scan == "waiting"


def test_a_scanner_behind_a_port_is_asked_as_well(settings):
    with fake_clamd.running(fake_clamd.TcpClamd, ("127.0.0.1", 0)) as server:
        host, port = server.server_address
        settings.CLAMAV = f"{host}:{port}"
        assert accepted("a.png", picture()).scan == "clean"


def test_the_fake_scanner_speaks_the_protocol(clamd, settings):
    """As clamd: one command a connection, zero-terminated, parts with their length."""

    def ask(*sent):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(settings.CLAMAV)
            for part in sent:
                peer.sendall(part)
            return peer.makefile("rb").read()

    assert ask(b"zPING\0") == b"PONG\0"
    assert ask(b"zVERSION\0").startswith(b"ClamAV ")
    assert ask(b"zINSTREAM\0", b"\0\0\0\x02ab", b"\0\0\0\0") == b"stream: OK\0"
    two_parts = [len(half).to_bytes(4) + half for half in (EICAR[:10], EICAR[10:])]
    assert ask(b"zINSTREAM\0", *two_parts, b"\0\0\0\0") == b"stream: Eicar-Signature FOUND\0"
    assert ask(b"nPING\0") == b"UNKNOWN COMMAND\0"


def with_eicar():
    """A PDF with the test virus in a comment."""
    content = pdf()
    return content[:9] + b"%" + EICAR + b"\n" + content[9:]
