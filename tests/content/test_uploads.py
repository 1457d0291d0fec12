"""What the upload forms refuse, with files whose bytes are made here."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import UploadedFile as PendingUpload

from content.files import File
from content.pictures import Picture
from content.uploads import check_file, check_picture, content_type_of, jpeg_markers, pictures, safe_name, sniffing
from content.uploads.kinds import KINDS
from content.uploads.pictures import PICTURE_FORMATS
from taxonomy.models import License

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!DOCTYPE html>\n<html lang='en'><head><title>Lesson</title></head><body>" + SCRIPT + b"</body></html>"
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 46 + b"\x80\x00\x00\x00" + b"\x00" * 400
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


# Pictures


def picture(image_format: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    buffer = BytesIO()
    Image.new(mode, size).save(buffer, image_format, **options)
    return buffer.getvalue()


def noise(image_format: str, size: tuple[int, int] = (200, 200), **options) -> bytes:
    buffer = BytesIO()
    Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).save(
        buffer, image_format, **options
    )
    return buffer.getvalue()


def animation(image_format: str, frames: int, size: tuple[int, int] = (20, 20)) -> bytes:
    pages = [Image.new("RGB", size, (n * 53 % 256, n // 256, n * 97 % 256)) for n in range(frames)]
    buffer = BytesIO()
    pages[0].save(buffer, image_format, save_all=True, append_images=pages[1:])
    return buffer.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int, bits: int = 8, color: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)


def png_of_megapixels(width: int, height: int) -> bytes:
    """Valid, black, one bit a pixel."""
    rows = zlib.compress(b"\x00" * ((1 + (width + 7) // 8) * height))
    return png_header(width, height, 1, 0) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def jpeg_with(*segments: bytes, marker: int = 0xE1) -> bytes:
    """A JPEG with more segments right after its start."""
    start, rest = (data := picture("JPEG"))[:2], data[2:]
    return start + b"".join(struct.pack(">BBH", 0xFF, marker, len(s) + 2) + s for s in segments) + rest


def exif_bomb(total: int = 2_600_000) -> bytes:
    return jpeg_with(*[b"Exif\0\0" + b"\x00" * 65_000] * (total // 65_006))


def icc_segments(total: int) -> bytes:
    pieces = [b"ICC_PROFILE\0" + bytes([n + 1, 10]) + b"\x00" * (total // 10) for n in range(10)]
    return jpeg_with(*pieces, marker=0xE2)


def scan_bomb(scans: int) -> bytes:
    data = noise("JPEG", (16, 16), progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xda", first + 2)
    return data[:first] + data[first:second] * scans + data[second:]


def oversized_frame_gif() -> bytes:
    """Its header says 20 x 20 pixels, its second frame 60,000 x 60,000."""
    data = animation("GIF", 2)
    frame = data.rindex(b",\x00\x00\x00\x00\x14\x00\x14\x00")
    return data[: frame + 5] + struct.pack("<HH", 60_000, 60_000) + data[frame + 9 :]


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def code_of(check: Callable, name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as raised:
        check(uploaded(name, content))
    assert str(raised.value.messages[0]).endswith(".")
    assert "%(" not in raised.value.messages[0]
    return raised.value.code


GOOD_PICTURES = {
    "plain.png": picture,
    "palette.png": lambda: picture(mode="P"),
    "transparent.png": lambda: picture(mode="P", transparency=b"\x00\x80"),
    "transparent.gif": lambda: picture("GIF", mode="P", transparency=0),
    "bits.png": lambda: picture(mode="1"),
    "alpha.png": lambda: picture(mode="RGBA"),
    "text.png": lambda: (
        png_header(1, 1, 1, 0) + png_chunk(b"tEXt", b"comment\0hello") + png_of_megapixels(1, 1).split(b"IHDR")[1][17:]
    ),
    "plain.JPG": lambda: picture("JPEG"),
    "plain.jpeg": lambda: noise("JPEG", (640, 480)),
    "progressive.jpg": lambda: noise("JPEG", progressive=True),
    "print.jpg": lambda: picture("JPEG", mode="CMYK"),
    "upright.jpg": lambda: picture(
        "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    ),
    "broken-exif.jpg": lambda: jpeg_with(b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03"),
    "motion.jpg": lambda: noise("JPEG") + b"\xff\xda\x00\x02" * 5000,
    "stereo.jpg": lambda: animation("MPO", 2),
    "plain.gif": lambda: picture("GIF"),
    "animated.gif": lambda: animation("GIF", 30),
    "animated.webp": lambda: animation("WEBP", 10),
    "plain.webp": lambda: picture("WEBP", mode="RGBA"),
    "large.png": lambda: png_of_megapixels(8000, 4999),
}

BAD_PICTURES = {
    "huge.png": (lambda: png_header(12_700, 10_000) + png_chunk(b"IDAT", zlib.compress(b"")), "file_too_many_pixels"),
    "giant.png": (lambda: png_header(60_000, 60_000) + png_chunk(b"IDAT", b""), "file_too_many_pixels"),
    "41-megapixels.png": (lambda: png_of_megapixels(8200, 5000), "file_too_many_pixels"),
    "exif.jpg": (exif_bomb, "too_much_metadata"),
    "exif-70k.jpg": (lambda: exif_bomb(131_000), "too_much_metadata"),
    "exif.png": (lambda: picture("PNG", exif=b"II*\0" + b"\0" * 300_000), "too_much_metadata"),
    "exif.webp": (lambda: picture("WEBP", exif=b"II*\0" + b"\0" * 300_000), "too_much_metadata"),
    "profile.jpg": (lambda: icc_segments(400_000), "too_much_metadata"),
    "profile-of-nothing.jpg": (lambda: picture("JPEG", mode="CMYK", icc_profile=b"nonsense"), "invalid_image"),
    "comment.gif": (lambda: picture("GIF", comment=b"x" * 70_000), "too_much_metadata"),
    "start.jpg": (lambda: noise("JPEG")[:54], "invalid_image"),
    "half.jpg": (lambda: (data := noise("JPEG"))[: len(data) // 2], "invalid_image"),
    "half-progressive.jpg": (lambda: (data := noise("JPEG", progressive=True))[: len(data) // 2], "invalid_image"),
    "half.png": (lambda: (data := noise("PNG"))[: len(data) // 2], "invalid_image"),
    "half.webp": (lambda: (data := noise("WEBP"))[: len(data) // 2], "invalid_image"),
    "half.gif": (lambda: (data := noise("GIF"))[: len(data) // 2], "invalid_image"),
    "scans.jpg": (lambda: scan_bomb(2000), "invalid_image"),
    "really-gif.png": (lambda: picture("GIF"), "invalid_image_known_format"),
    "really-png.jpg": (lambda: picture("PNG"), "invalid_image_known_format"),
    "really-tiff.png": (lambda: picture("TIFF"), "invalid_image"),
    "drawing.svg": (lambda: SVG, "invalid_image_extension"),
    "drawing.png": (lambda: SVG, "invalid_image"),
    "page.jpg": (lambda: HTML, "invalid_image"),
    "no-extension": (picture, "invalid_image_extension"),
    "empty.png": (lambda: b"", "empty"),
    "many.gif": (lambda: animation("GIF", 1200, (2, 2)), "animation_too_long"),
    "many.webp": (lambda: animation("WEBP", 60, (1000, 700)), "animation_too_long"),
    "animated.png": (lambda: animation("PNG", 10), "animated_png"),
    "gray.png": (lambda: picture(mode="I;16"), "too_many_bits"),
    "frame.gif": (oversized_frame_gif, None),
}


@pytest.mark.parametrize("name", GOOD_PICTURES)
def test_usable_picture_is_accepted_and_rewound(name):
    upload = uploaded(name, GOOD_PICTURES[name]())
    check_picture(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_harmful_picture_is_refused(name):
    make, code = BAD_PICTURES[name]
    assert code_of(check_picture, name, make()) == (code or "file_too_many_pixels")


def test_svg_stays_refused_when_settings_allow_it(settings):
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg", "png"]
    assert code_of(check_picture, "drawing.svg", SVG) == "invalid_image_extension"


def test_picture_limit_follows_the_setting(settings):
    settings.OER_MAX_IMAGE_MEGAPIXELS = 1
    assert code_of(check_picture, "a.png", png_of_megapixels(1001, 1000)) == "file_too_many_pixels"


def test_huge_picture_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("decoded"))
    monkeypatch.setattr(pictures.Image.core, "new", lambda *args: pytest.fail("allocated"), raising=False)
    assert code_of(check_picture, "huge.png", png_of_megapixels(12_700, 10_000)) == "file_too_many_pixels"


def test_scans_hidden_behind_a_standalone_marker_are_counted():
    assert jpeg_markers.is_scan_bomb(b"\xff\xd8\xff\x01" + b"\xff\xda\x00\x02" * 200)
    assert not jpeg_markers.is_scan_bomb(b"\xff\xd8" + b"\xff\xe1\x03\x22" + b"\xff\xda\x00\x02" * 200)


# Files


def zipped(entries: dict[str, bytes], **options) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(folder: str, kind: str, **entries: bytes) -> bytes:
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    names = {"[Content_Types].xml": types.encode(), "_rels/.rels": b"<x/>", f"{folder}/document.xml": b"<x/>"}
    return zipped({**names, **{name.replace("__", "/"): content for name, content in entries.items()}})


def docx(**entries: bytes) -> bytes:
    return office("word", "wordprocessingml.document", **entries)


def opendocument(kind: str) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mimetype, "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"})


def epub() -> bytes:
    return zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>"})


def swollen_docx() -> bytes:
    """Says that it unpacks to 2 GB, without packing them."""
    data = bytearray(docx())
    position = data.index(b"PK\x01\x02") + 24
    data[position : position + 4] = struct.pack("<I", 2_000_000_000)
    return bytes(data)


def endless_directory() -> bytes:
    data = zipped({"a": b""})
    end = data.rindex(b"PK\x05\x06")
    return data[: end + 12] + struct.pack("<L", 40_000_000) + data[end + 16 :]


GOOD_FILES = {
    "captions.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nKäse\n".encode,
    "table.csv": "Käse;Ωmega\r\n1;=2+3\r\n".encode,
    "excel.csv": lambda: "a\tb\n".encode("utf-16"),
    "plan.docx": docx,
    "book.epub": epub,
    "page.html": lambda: HTML,
    "old-page.html": lambda: "<html><meta charset='windows-1253'><p>Ω".encode("windows-1253"),
    "xhtml.html": lambda: b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><!-- a --><html><svg></svg></html>",
    "fragment.html": lambda: b"Hello <b>you</b>",
    "photo.jpg": lambda: picture("JPEG"),
    "lesson.md": lambda: b"# HTML\n\n```html\n<!DOCTYPE html><html><script>x</script></html>\n```\n",
    "readme.md": lambda: b"<!-- lint off -->\n<p align='center'>Hi</p>\n",
    "talk.mp3": lambda: b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + b"\x00" * 413,
    "frames.mp3": lambda: (b"\xff\xfb\x90\x00" + b"\x00" * 413) * 4,
    "film.mp4": lambda: b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64,
    "slides.odp": lambda: opendocument("presentation"),
    "sheet.ods": lambda: opendocument("spreadsheet"),
    "text.odt": lambda: opendocument("text"),
    "paper.PDF": lambda: PDF,
    "poster.png": lambda: png_of_megapixels(8200, 5000),
    "slides.pptx": lambda: office("ppt", "presentationml.presentation"),
    "letter.rtf": lambda: b"{\\rtf1\\ansi Hello}",
    "arabic.txt": "\ufeffمرحبا From: me\n#!/bin/sh\n".encode,
    "film.webm": lambda: (
        b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 32
    ),
    "sheet.xlsx": lambda: office("xl", "spreadsheetml.sheet"),
    "all.zip": lambda: zipped({"a.txt": b"a", "b/run.exe": EXECUTABLE}),
}

BAD_FILES = {
    "page.pdf": (lambda: HTML, "content_mismatch"),
    "late.pdf": (lambda: HTML + PDF, "content_mismatch"),
    "program.docx": (lambda: EXECUTABLE, "content_mismatch"),
    "self-extracting.docx": (lambda: EXECUTABLE + docx(), "content_mismatch"),
    "self-extracting.zip": (lambda: EXECUTABLE + zipped({"a": b"a"}), "content_mismatch"),
    "program.exe": (lambda: EXECUTABLE, "invalid_extension"),
    "drawing.svg": (lambda: SVG, "invalid_extension"),
    "paper.pdf.exe": (lambda: PDF, "invalid_extension"),
    "no-extension": (lambda: PDF, "invalid_extension"),
    "empty.pdf": (lambda: b"", "empty"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_protected"),
    "macros.docx": (lambda: docx(**{"word__vbaProject.bin": b"x"}), "macros"),
    "macro-type.docx": (lambda: office("word", "ms-word.document.macroEnabled"), "macros"),
    "sheet.docx": (lambda: office("xl", "spreadsheetml.sheet"), "content_mismatch"),
    "text.ods": (lambda: opendocument("text"), "content_mismatch"),
    "bare.odt": (lambda: zipped({"content.xml": b"<x/>"}), "content_mismatch"),
    "zip.epub": (lambda: zipped({"a": b"a"}), "content_mismatch"),
    "half.docx": (lambda: docx()[:200], "content_mismatch"),
    "swollen.docx": (swollen_docx, "content_mismatch"),
    "endless.zip": (endless_directory, "content_mismatch"),
    "nothing.zip": (lambda: zipped({}), "content_mismatch"),
    "gif.png": (lambda: picture("GIF"), "content_mismatch"),
    "png.jpg": (lambda: picture("PNG"), "content_mismatch"),
    "text.rtf": (lambda: b"Hello", "content_mismatch"),
    "aac.mp3": (lambda: b"\xff\xf1\x50\x80" + b"\0" * 60, "content_mismatch"),
    "photo.mp4": (lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 64, "content_mismatch"),
    "other.webm": (lambda: b"\x1aE\xdf\xa3" + b"\0" * 64, "content_mismatch"),
    "drawing.html": (lambda: b"<?xml version='1.0'?>\n<!-- a -->" + SVG, "content_mismatch"),
    "feed.html": (lambda: b"<?xml version='1.0'?><rss></rss>", "content_mismatch"),
    "plain.html": (lambda: b"Hello", "content_mismatch"),
    "program.html": (lambda: b"<html>" + EXECUTABLE, "content_mismatch"),
    "utf7.html": (lambda: b"<html><meta charset=utf-7>\xff", "encoding"),
    "zeros.txt": (lambda: b"a\0b", "content_mismatch"),
    "late-zeros.txt": (lambda: b"a" * 300_000 + b"\0", "content_mismatch"),
    "wide.txt": (lambda: "abc".encode("utf-16-le"), "content_mismatch"),
    "paper.txt": (lambda: PDF, "content_mismatch"),
    "greek.csv": (lambda: "Ωmega;1".encode("windows-1253"), "encoding"),
    "late-greek.csv": (lambda: b"a" * 300_000 + "Ω".encode("windows-1253"), "encoding"),
}
for name in ("a.txt", "a.csv", "a.md"):
    for label, start in {
        "": b"",
        "space-": b"\xef\xbb\xbf \n<!-- x -->\n",
        "comment-": b"<!--" + b" " * 70_000,
    }.items():
        BAD_FILES[f"html-{label}{name}"] = (lambda start=start: start + HTML, "content_mismatch")
        BAD_FILES[f"svg-{label}{name}"] = (lambda start=start: start + SVG, "content_mismatch")
for extension in sorted(set(KINDS) - {"html"}):
    BAD_FILES[f"svg.{extension}"] = (lambda: SVG, "content_mismatch")
    BAD_FILES[f"program.{extension}"] = (lambda: EXECUTABLE, "content_mismatch")


@pytest.fixture(params=[True, False], ids=["libmagic", "no-libmagic"])
def with_and_without_libmagic(request, monkeypatch):
    if not request.param:
        monkeypatch.setattr(sniffing, "magic", None)
    elif sniffing.magic is None:
        pytest.skip("libmagic is not installed")


@pytest.mark.parametrize("name", GOOD_FILES)
def test_honest_file_is_accepted_and_rewound(name, with_and_without_libmagic):
    upload = uploaded(name, GOOD_FILES[name]())
    check_file(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize("name", BAD_FILES)
def test_disguised_file_is_refused(name, with_and_without_libmagic):
    make, code = BAD_FILES[name]
    assert code_of(check_file, name, make()) == code


def test_every_kind_has_a_good_example():
    assert {name.rpartition(".")[2].lower() for name in GOOD_FILES} == set(KINDS)


@pytest.mark.parametrize("check", [check_file, check_picture])
def test_upload_above_the_limit_is_refused(check, settings):
    settings.OER_MAX_UPLOAD_MEGABYTES = 1
    assert code_of(check, "a.png", noise("PNG", (700, 700))) == "file_too_large"


def test_every_accepted_extension_is_checked_and_has_a_type():
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(KINDS)
    assert set(settings.WAGTAILIMAGES_EXTENSIONS) == set(PICTURE_FORMATS)
    for extension in {*KINDS, *PICTURE_FORMATS}:
        assert content_type_of(extension) != "application/octet-stream"


def test_type_comes_from_the_extension_only():
    assert content_type_of(".PDF") == "application/pdf"
    assert content_type_of("svg") == content_type_of("") == "application/octet-stream"


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("My plan (2).PDF", "My plan (2).PDF"),
        ("a\x00b\x1b\n.pdf", "ab.pdf"),
        ("fdp\u202e.exe.pdf", "fdp.exe.pdf"),
        ("...pdf", "file.pdf"),
        ("???.pdf", "file.pdf"),
        ("Å.txt", "Å.txt"),
        ("no extension", "no extension"),
        ("x" * 3000 + ".pdf", "x" * 80 + ".pdf"),
        ("漢" * 3000 + ".pdf", "漢" * 53 + ".pdf"),
        ("a." + "b" * 3000, "a." + "b" * 16),
    ],
)
def test_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


# Forms


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def admin(admin_user, client):
    client.force_login(admin_user)
    return client


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def rows() -> int:
    return Picture.objects.count() + File.objects.count() + PendingUpload.objects.count()


def form_with(model: type, name: str, content: bytes):
    form_class = get_image_form(model) if model is Picture else get_document_form(model)
    return form_class({"title": "A", "license": license_pk()}, {"file": uploaded(name, content)})


def saved(model: type, name: str, content: bytes):
    form = form_with(model, name, content)
    assert form.is_valid(), form.errors
    return form.save()


def license_pk() -> int:
    values = {"uri": "https://example.org/licence/", "short": "CC BY 4.0"}
    return License.objects.get_or_create(code="CC-BY-4.0", defaults=values)[0].pk


BAD_UPLOADS = [(Picture, name, make) for name, (make, code) in BAD_PICTURES.items()]
BAD_UPLOADS += [(File, name, make) for name, (make, code) in BAD_FILES.items()]
GOOD_UPLOADS = [(Picture, name, make) for name, make in GOOD_PICTURES.items()]
GOOD_UPLOADS += [(File, name, make) for name, make in GOOD_FILES.items()]


def uploads(cases: list) -> Callable:
    return pytest.mark.parametrize(
        ("model", "name", "make"), cases, ids=[f"{model.__name__}-{name}" for model, name, _ in cases]
    )


@pytest.mark.django_db
@uploads(BAD_UPLOADS)
def test_form_puts_the_error_at_the_file(model, name, make, media):
    form = form_with(model, name, make())
    assert not form.is_valid()
    assert list(form.errors) == ["file"]
    assert len(form.errors["file"]) == 1


@pytest.mark.django_db
@uploads(GOOD_UPLOADS)
def test_form_stores_an_honest_upload(model, name, make, media):
    content = make()
    stored_object = saved(model, name, content)
    assert stored_object.file.size == len(content)
    if model is Picture:
        for filter_spec in ("max-20x20", "fill-10x10|format-jpeg", "width-10|format-webp"):
            stored_object.get_rendition(filter_spec)


@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["x", "\u0639", "\u6f22", "\U00020000"])
@pytest.mark.parametrize(("model", "make", "ending"), [(Picture, picture, ".png"), (File, lambda: PDF, ".pdf")])
def test_long_name_is_shortened_and_stored(letter, model, make, ending, media):
    assert saved(model, letter * 3000 + ending, make()).file.name.endswith(ending)


# Admin: every way to upload

ADD_VIEWS = {
    (Picture, "add"): ("wagtailimages:add", "file", ""),
    (Picture, "multiple"): ("wagtailimages:add_multiple", "files[]", ""),
    (Picture, "chooser"): ("wagtailimages_chooser:create", "image-chooser-upload-file", "image-chooser-upload-"),
    (File, "add"): ("wagtaildocs:add", "file", ""),
    (File, "multiple"): ("wagtaildocs:add_multiple", "files[]", ""),
    (File, "chooser"): ("wagtaildocs_chooser:create", "document-chooser-upload-file", "document-chooser-upload-"),
}
BAD_EXAMPLES = {
    Picture: ["huge.png", "exif.jpg", "start.jpg", "half.jpg", "drawing.svg", "drawing.png", "empty.png", "many.gif"],
    File: ["page.pdf", "program.docx", "program.exe", "svg.txt", "svg-a.md", "macros.docx", "empty.pdf", "zeros.txt"],
}
ADD_CASES = [(model, way, name) for model, way in ADD_VIEWS for name in BAD_EXAMPLES[model]]


def post(admin, model: type, way: str, name: str, content: bytes, **more: str):
    view, file_field, prefix = ADD_VIEWS[model, way]
    data = {f"{prefix}title": "A", f"{prefix}license": license_pk(), file_field: uploaded(name, content), **more}
    return admin.post(reverse(view), data)


def complete(admin, model: type, pending: PendingUpload):
    """What the form does that the multiple upload shows when other fields are missing."""
    view, prefix = {
        Picture: ("wagtailimages:create_multiple_from_uploaded_image", f"uploaded-image-{pending.pk}"),
        File: ("wagtaildocs:create_multiple_from_uploaded_document", f"uploaded-document-{pending.pk}"),
    }[model]
    data = {f"{prefix}-title": "A", f"{prefix}-license": license_pk()}
    return admin.post(reverse(view, args=[pending.pk]), data)


def content_of(model: type, name: str) -> bytes:
    return (BAD_PICTURES if model is Picture else BAD_FILES)[name][0]()


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "way", "name"), ADD_CASES)
def test_refused_upload_stores_nothing(model, way, name, admin, media):
    response = post(admin, model, way, name, content_of(model, name))
    assert response.status_code == 200
    assert (rows(), stored(media)) == (0, [])
    if way == "multiple":
        assert response.json()["success"] is False
        assert response.json()["error_message"]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), [(model, name) for model in BAD_EXAMPLES for name in BAD_EXAMPLES[model]])
def test_refused_upload_does_not_wait_for_other_fields(model, name, admin, media):
    response = post(admin, model, "multiple", name, content_of(model, name), title="x" * 300)
    assert response.json()["success"] is False
    assert (rows(), stored(media)) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "way"), ADD_VIEWS)
def test_honest_upload_is_stored(model, way, admin, media):
    name, content = ("plain.png", picture()) if model is Picture else ("paper.pdf", PDF)
    response = post(admin, model, way, name, content)
    assert response.status_code in (200, 302)
    if pending := PendingUpload.objects.first():
        assert (model, way) == (File, "multiple")
        assert complete(admin, model, pending).json()["success"] is True
    assert model.objects.get().file.size == len(content)
    assert name in stored(media)
    assert not any(media.glob("wagtail_uploads/*"))


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "make"), [(Picture, picture), (File, lambda: PDF)])
def test_upload_that_waits_for_its_title_has_been_checked_and_shortened(model, make, admin, media):
    name = "\u0639" * 250 + (".png" if model is Picture else ".pdf")
    post(admin, model, "multiple", name, make(), title="x" * 300)
    pending = PendingUpload.objects.get()
    assert len(Path(pending.file.name).stem) <= 80
    assert complete(admin, model, pending).json()["success"] is True
    assert model.objects.get().title == "A"


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD_EXAMPLES[Picture])
def test_refused_picture_does_not_replace_the_one_before(name, admin, media):
    before = saved(Picture, "before.png", picture())
    upload = uploaded(name, content_of(Picture, name))
    response = admin.post(
        reverse("wagtailimages:edit", args=[before.pk]), {"title": "B", "license": license_pk(), "file": upload}
    )
    assert response.status_code == 200
    assert Picture.objects.get().title == "A"
    assert "before.png" in stored(media)
    assert Path(Picture.objects.get().file.path).read_bytes() == picture()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD_EXAMPLES[File])
def test_refused_file_does_not_replace_the_one_before(name, admin, media):
    before = saved(File, "before.pdf", PDF)
    upload = uploaded(name, content_of(File, name))
    response = admin.post(
        reverse("wagtaildocs:edit", args=[before.pk]), {"title": "B", "license": license_pk(), "file": upload}
    )
    assert response.status_code == 200
    assert File.objects.get().title == "A"
    assert stored(media) == ["before.pdf"]


@pytest.mark.django_db
def test_title_can_be_changed_without_a_new_file(admin, media):
    before = saved(File, "before.pdf", PDF)
    response = admin.post(reverse("wagtaildocs:edit", args=[before.pk]), {"title": "B", "license": license_pk()})
    assert response.status_code == 302
    assert File.objects.get().title == "B"
    assert stored(media) == ["before.pdf"]
