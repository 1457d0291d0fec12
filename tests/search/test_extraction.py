"""Extraction of text from attached files. The files are made here, the hostile ones included; no database is needed."""

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

from search.extraction import EXTENSIONS, Outcome, extract_text, process
from search.extraction.extractor import WORKER
from search.extraction.normalization import normalized
from search.extraction.worker import READERS

from .attachments import (
    ENTITIES,
    ODT_TYPE,
    SAMPLES,
    TEXTS,
    W_STRICT,
    archive,
    lines,
    opendocument,
    paragraph,
    pdf,
    word,
)

ARABIC = "التعليم المفتوح للجميع"

# PDF


def test_pdf_gives_the_text_of_all_pages_in_order(extracted):
    result = extracted(pdf(lines("First page"), lines("Second page")), "pdf")

    assert (result.outcome, result.text, result.detail) == (Outcome.OK, "First page\nSecond page", "")


def test_pdf_words_divided_at_a_line_end_are_joined(extracted):
    result = extracted(pdf(lines("An exam-", "ple with Lehr-", "und Lernmitteln and e-", "Mail")), "pdf")

    assert result.text == "An example with Lehr- und Lernmitteln and e-Mail"


def test_pdf_with_arabic_drawn_from_right_to_left_gives_it_in_reading_order(extracted):
    letters = "سلام عليكم"
    codes = "ABCDEFGHIJ"
    mapping = "".join(f"<{ord(code):02X}> <{ord(letter):04X}>\n" for code, letter in zip(codes, letters, strict=True))
    table = f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n10 beginbfchar\n{mapping}endbfchar".encode()
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(table), table)

    result = extracted(pdf(lines(codes[::-1]), font=b"/ToUnicode 6 0 R", extra=(stream,)), "pdf")

    assert result.text == letters


def test_pdf_without_text_is_empty_and_says_so(extracted):
    result = extracted(pdf(b"0 0 100 100 re f", b""), "pdf")

    assert (result.outcome, result.detail) == (Outcome.EMPTY, "2 of 2 pages without text")


def test_pdf_pages_without_text_are_reported_beside_the_text_of_others(extracted):
    result = extracted(pdf(lines("A caption"), b""), "pdf")

    assert (result.outcome, result.detail) == (Outcome.OK, "1 of 2 pages without text")


def test_pdf_pages_beyond_the_limit_are_not_read(extracted):
    result = extracted(pdf(lines("One"), lines("Two"), lines("Three")), "pdf", pages=2)

    assert (result.outcome, result.text, result.detail) == (Outcome.OK, "One\nTwo", "read 2 of 3 pages")


def test_pdf_that_claims_endless_pages_ends_as_a_named_outcome(extracted):
    result = extracted(pdf(lines("One")).replace(b"/Count 1 ", b"/Count 999999999 "), "pdf", seconds=10)

    assert result.outcome in {Outcome.OK, Outcome.BROKEN}


def test_pdf_with_a_password_is_encrypted(extracted):
    protection = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    result = extracted(
        pdf(lines("Secret"), trailer=b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (b"01" * 16, b"01" * 16), extra=(protection,)),
        "pdf",
    )

    assert (result.outcome, result.text) == (Outcome.ENCRYPTED, "")


def test_pdf_with_an_unknown_protection_is_encrypted(extracted):
    result = extracted(
        pdf(lines("Secret"), trailer=b"/Encrypt 6 0 R", extra=(b"<< /Filter /Unheard.Of /V 9 >>",)), "pdf"
    )

    assert result.outcome == Outcome.ENCRYPTED


def test_pdf_stream_that_unpacks_beyond_the_memory_is_too_large(extracted):
    packed = zlib.compress(b" " * 512 * 1024**2)
    result = extracted(pdf(packed, stream_filter=b"/Filter /FlateDecode"), "pdf", memory_bytes=256 * 1024**2)

    assert result.outcome == Outcome.TOO_LARGE
    assert "memory" in result.detail


# DOCX


def test_docx_gives_headings_tables_headers_and_footers_in_reading_order(extracted):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Imprint"
    document.add_heading("Title")
    document.add_paragraph("Before the table")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "left", "right"
    document.add_paragraph(ARABIC)
    buffer = io.BytesIO()
    document.save(buffer)

    result = extracted(buffer.getvalue(), "docx")

    assert result.outcome == Outcome.OK
    assert result.text.split("\n") == [
        "Running head",
        "Title",
        "Before the table",
        "left",
        "right",
        ARABIC,
        "Imprint",
    ]


def test_docx_notes_follow_the_body(extracted):
    result = extracted(
        word(paragraph("Body"), footnotes=paragraph("A footnote"), endnotes=paragraph("An endnote")), "docx"
    )

    assert result.text == "Body\nA footnote\nAn endnote"


def test_docx_header_repeated_by_sections_is_read_once(extracted):
    result = extracted(word(paragraph("Body"), header1=paragraph("Head"), header2=paragraph("Head")), "docx")

    assert result.text == "Head\nBody"


def test_docx_deleted_moved_and_duplicated_text_is_left_out(extracted):
    box = paragraph("Box")
    result = extracted(
        word(
            "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
            "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
            "<w:ins><w:r><w:t>and added</w:t></w:r></w:ins></w:p>"
        ),
        "docx",
    )

    assert result.text == "Kept\nBox\nand added"


def test_docx_of_the_strict_variant_is_read(extracted):
    result = extracted(
        word("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", namespace=W_STRICT), "docx"
    )

    assert result.text == "a b\nc"


def test_docx_with_a_password_is_encrypted(extracted):
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)

    assert extracted(container, "docx").outcome == Outcome.ENCRYPTED


def test_old_word_file_named_docx_is_broken(extracted):
    result = extracted(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024), "docx")

    assert (result.outcome, result.detail) == (Outcome.BROKEN, "an old binary Office file")


# ODT


def test_odt_gives_paragraphs_lists_and_tables_in_reading_order(extracted):
    result = extracted(
        opendocument(
            "<text:h>Title</text:h>"
            "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>left</text:p></table:table-cell>"
            "<table:table-cell><text:p>right</text:p></table:table-cell></table:table-row></table:table>"
            f"<text:p>{ARABIC}</text:p>"
        ),
        "odt",
    )

    assert (result.outcome, result.text) == (Outcome.OK, f"Title\nitem\nleft\nright\n{ARABIC}")


def test_odt_spaces_tabs_and_line_breaks_are_kept_apart(extracted):
    result = extracted(
        opendocument(
            '<text:p>a<text:s text:c="2000000000"/>b<text:tab/>c<text:line-break/>d<text:span>e</text:span></text:p>'
        ),
        "odt",
    )

    assert result.text == "a b c\nde"


def test_odt_note_follows_the_paragraph_that_calls_it(extracted):
    result = extracted(
        opendocument(
            "<text:p>A sen<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>The note</text:p></text:note-body></text:note>tence</text:p><text:p>Next</text:p>"
        ),
        "odt",
    )

    assert result.text == "A sentence\nThe note\nNext"


def test_odt_deleted_text_and_comments_are_left_out_and_fields_kept(extracted):
    result = extracted(
        opendocument(
            "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
            "<text:p>Kept<office:annotation><text:p>comment</text:p></office:annotation>"
            "<svg:title>picture</svg:title> <text:title>Field</text:title></text:p>"
        ),
        "odt",
    )

    assert result.text == "Kept Field"


def test_odt_headers_come_first_and_footers_last(extracted):
    result = extracted(
        opendocument(
            "<text:p>Body</text:p>",
            styles="<style:footer><text:p>Imprint</text:p></style:footer><style:header><text:p>Head</text:p>"
            "</style:header>",
        ),
        "odt",
    )

    assert result.text == "Head\nBody\nImprint"


def test_odt_with_a_password_is_encrypted(extracted):
    result = extracted(
        opendocument("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"), "odt"
    )

    assert result.outcome == Outcome.ENCRYPTED


def test_spreadsheet_named_odt_is_broken(extracted):
    result = extracted(opendocument("", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "odt")

    assert result.outcome == Outcome.BROKEN
    assert "spreadsheet" in result.detail


# Damaged and mislabeled files


@pytest.mark.parametrize("extension", sorted(SAMPLES.keys() - TEXTS - {"vtt"}))
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_truncated_file_is_broken(extracted, extension, kept):
    content = SAMPLES[extension]

    result = extracted(content[: int(len(content) * kept)], extension)

    assert (result.outcome, result.text) == (Outcome.BROKEN, "")
    assert result.detail


@pytest.mark.parametrize("extension", sorted(EXTENSIONS - TEXTS))
@pytest.mark.parametrize("content", [b"", b"<html><script>1</script></html>", b"MZ" + bytes(500), b"\0" * 4096])
def test_file_that_is_not_what_its_extension_says_is_broken(extracted, extension, content):
    assert extracted(content, extension).outcome == Outcome.BROKEN


@pytest.mark.parametrize("extension", sorted(EXTENSIONS))
@pytest.mark.parametrize("content", [b"MZ" + bytes(500), b"\0" * 4096, b"PK\x03\x04", b"%PDF-1.7 and no more"])
def test_program_zeros_and_beginnings_of_other_formats_are_broken(extracted, extension, content):
    assert extracted(content, extension).outcome == Outcome.BROKEN


@pytest.mark.parametrize("extension", sorted(SAMPLES.keys() - {"vtt"}))
def test_file_of_any_other_kind_is_broken(extracted, extension):
    """A text is whatever it says; no other format passes for one, nor for another."""
    others = SAMPLES.keys() - {extension} - (TEXTS if extension in TEXTS else set())
    if extension in TEXTS:
        others -= {"vtt"}

    assert {name for name in others if extracted(SAMPLES[name], extension).outcome != Outcome.BROKEN} == set()


def test_damage_within_an_archive_is_broken(extracted):
    content = bytearray(archive({"mimetype": ODT_TYPE, "content.xml": "<x/>"}, zipfile.ZIP_STORED))
    content[content.index(b"<x/>")] = ord("?")

    assert extracted(bytes(content), "odt").outcome == Outcome.BROKEN


def test_archive_with_a_password_is_encrypted(extracted):
    content = bytearray(SAMPLES["docx"])
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert extracted(bytes(content), "docx").outcome == Outcome.ENCRYPTED


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_never_raise(extracted, seed):
    for extension, sample in SAMPLES.items():
        content = bytearray(sample)
        for position in range(seed, len(content), 97):
            content[position] ^= 1 << (seed % 8)

        assert extracted(bytes(content), extension).outcome in {
            Outcome.OK,
            Outcome.EMPTY,
            Outcome.BROKEN,
            Outcome.ENCRYPTED,
            Outcome.TOO_LARGE,
        }


# Bombs


@pytest.mark.parametrize(
    "document_type",
    [
        ENTITIES + "]>",
        '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/">',
    ],
    ids=["growing", "file", "network"],
)
@pytest.mark.parametrize("extension", ["docx", "odt"])
def test_xml_with_a_document_type_is_refused(extracted, extension, document_type):
    prolog = f'<?xml version="1.0"?>{document_type}'
    content = (
        word(paragraph("&j;"), prolog=prolog)
        if extension == "docx"
        else opendocument("<text:p>&j;</text:p>", prolog=prolog)
    )

    result = extracted(content, extension)

    assert (result.outcome, result.detail) == (Outcome.BROKEN, "XML with a document type")


def test_document_type_in_utf_16_is_refused(extracted):
    content = f'<?xml version="1.0" encoding="UTF-16"?>{ENTITIES}]><x>&j;</x>'.encode("utf-16")

    result = extracted(archive({"mimetype": ODT_TYPE, "content.xml": content}), "odt")

    assert (result.outcome, result.detail) == (Outcome.BROKEN, "XML with a document type")


def test_part_that_declares_a_huge_size_is_too_large_before_unpacking(extracted):
    started = time.monotonic()

    result = extracted(archive({"mimetype": ODT_TYPE, "content.xml": bytes(150 * 1024**2)}), "odt", ratio=10_000)

    assert (result.outcome, result.detail) == (Outcome.TOO_LARGE, "content.xml unpacks to 157286400 bytes")
    assert time.monotonic() - started < 5


def test_part_packed_beyond_the_ratio_is_too_large(extracted):
    result = extracted(word(paragraph(" " * 5 * 1024**2)), "docx")

    assert result.outcome == Outcome.TOO_LARGE
    assert ":1" in result.detail


def test_parts_share_one_allowance(extracted):
    noise = os.urandom(300_000).hex()

    result = extracted(word(paragraph(noise), footnotes=paragraph(noise)), "docx", unpacked_bytes=1_000_000)

    assert result.outcome == Outcome.TOO_LARGE


def test_part_that_hides_its_size_is_not_unpacked_beyond_it(extracted):
    content = archive({"mimetype": ODT_TYPE, "content.xml": f"<x>{' ' * 20_000_000}</x>"})
    size = (20_000_007).to_bytes(4, "little")
    assert content.count(size) == 2

    assert extracted(content.replace(size, (64).to_bytes(4, "little")), "odt").outcome == Outcome.BROKEN


def test_pictures_do_not_count_against_the_allowance(extracted):
    content = io.BytesIO(SAMPLES["docx"])
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/image1.bmp", bytes(8 * 1024**2))

    assert extracted(content.getvalue(), "docx", unpacked_bytes=1024**2).outcome == Outcome.OK


def test_deep_nesting_does_not_exhaust_the_parser(extracted):
    nested = "<w:sdt>" * 100_000 + paragraph("Deep") + "</w:sdt>" * 100_000

    result = extracted(word(nested), "docx", ratio=10_000)

    assert (result.outcome, result.text) == (Outcome.OK, "Deep")


# Limits


def test_parser_that_does_not_finish_is_a_timeout(extracted):
    result = extracted(SAMPLES["pdf"], "pdf", seconds=0.001)

    assert (result.outcome, result.text) == (Outcome.TIMEOUT, "")


def test_parser_that_burns_processor_time_is_a_timeout(extracted):
    endless = word("<w:p><w:r/></w:p>" * 5_000_000)

    result = extracted(endless, "docx", cpu_seconds=1, ratio=10_000)

    assert (result.outcome, result.detail) == (Outcome.TIMEOUT, "stopped at the time limit (SIGXCPU)")


def test_processes_started_by_a_hanging_command_are_killed_with_it(tmp_path):
    heartbeat = tmp_path / "heartbeat"
    grandchild = f"import time, pathlib\nwhile True:\n pathlib.Path({str(heartbeat)!r}).write_text(str(time.time()))"
    command = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {grandchild!r}]); time.sleep(60)"

    with open(os.devnull, "rb") as nothing:
        finished = process.run([sys.executable, "-c", command], stdin=nothing, seconds=1)

    assert finished.returncode is None
    last = heartbeat.read_text()
    time.sleep(0.2)
    assert heartbeat.read_text() == last


def test_command_sees_no_secrets_of_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")

    with open(os.devnull, "rb") as nothing:
        finished = process.run([sys.executable, "-c", "import os; print(os.environ)"], stdin=nothing, seconds=10)

    assert b"hidden" not in finished.stdout


def test_file_above_the_limit_is_not_opened_by_a_parser(extracted):
    result = extracted(SAMPLES["pdf"], "pdf", file_bytes=100)

    assert (result.outcome, result.detail) == (Outcome.TOO_LARGE, f"file of {len(SAMPLES['pdf'])} bytes")


def test_long_text_is_cut_and_says_so(extracted):
    result = extracted(word(paragraph("word " * 200)), "docx", characters=100)

    assert result.outcome == Outcome.OK
    assert len(result.text) <= 100
    assert "text cut at 100 characters" in result.detail


def test_text_cut_where_most_bytes_are_needed_still_arrives(extracted):
    result = extracted(word(paragraph("\U0001f600a" * 30_000)), "docx", characters=50_000)

    assert (result.outcome, len(result.text)) == (Outcome.OK, 50_000)


def test_too_little_memory_to_start_is_not_blamed_on_the_file(extracted):
    assert extracted(SAMPLES["odt"], "odt", memory_bytes=16 * 1024**2).outcome == Outcome.UNAVAILABLE


# What is not about the content


def test_unknown_extension_is_unsupported(tmp_path):
    assert extract_text(tmp_path / "missing.exe", "exe").outcome == Outcome.UNSUPPORTED


@pytest.mark.parametrize("extension", ["PDF", ".pdf", ".Pdf"])
def test_extension_may_have_capitals_and_a_dot(extracted, extension):
    assert extracted(SAMPLES["pdf"], extension).outcome == Outcome.OK


@pytest.mark.parametrize("name", ["missing", "zero\0byte", "n" * 3000])
def test_path_that_cannot_be_opened_is_unavailable(tmp_path, name):
    assert extract_text(tmp_path / name, "pdf").outcome == Outcome.UNAVAILABLE


def test_directory_and_named_pipe_are_unavailable_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert extract_text(tmp_path, "pdf").outcome == Outcome.UNAVAILABLE
    assert extract_text(tmp_path / "pipe", "pdf").outcome == Outcome.UNAVAILABLE


def test_shutdown_during_extraction_is_not_blamed_on_the_file(monkeypatch, extracted):
    monkeypatch.setattr(process, "run", lambda *args, **kwargs: process.Finished(-15, b"", ""))

    assert extracted(SAMPLES["pdf"], "pdf").outcome == Outcome.UNAVAILABLE


@pytest.mark.parametrize(
    ("number", "last_error", "outcome"),
    [
        (11, "", Outcome.BROKEN),
        (6, "free(): invalid pointer", Outcome.BROKEN),
        (6, "", Outcome.TOO_LARGE),
        (24, "", Outcome.TIMEOUT),
        (63, "", Outcome.UNAVAILABLE),
    ],
)
def test_signal_that_ended_the_worker_names_the_outcome(monkeypatch, extracted, number, last_error, outcome):
    monkeypatch.setattr(process, "run", lambda *args, **kwargs: process.Finished(-number, b"", last_error))

    assert extracted(SAMPLES["pdf"], "pdf").outcome == outcome


@pytest.mark.parametrize("answer", [b"", b"ok", b"\xff\xfe\n\n", b"no such outcome\n\ntext"])
def test_answer_that_makes_no_sense_is_unavailable(monkeypatch, extracted, answer):
    monkeypatch.setattr(process, "run", lambda *args, **kwargs: process.Finished(1, answer, "boom"))

    assert extracted(SAMPLES["pdf"], "pdf").outcome == Outcome.UNAVAILABLE


def test_every_extension_has_a_reader():
    assert set(READERS) == EXTENSIONS


def test_worker_loads_neither_django_nor_settings():
    code = f"import runpy, sys; runpy.run_path({str(WORKER)!r}, run_name='worker'); print(*sys.modules)"
    root = str(Path(WORKER).parents[2])

    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.append({root!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "search.extraction.extractor" in loaded
    assert not {"django", "wagtail", "lxml", "pypdfium2"} & {name.partition(".")[0] for name in loaded}


# Normalization


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\0b\x07c", "abc"),
        ("  a \t b\u00a0c  ", "a b c"),
        ("a \r\n\n \u2028 b", "a\nb"),
        ("Lehr\u00adbuch", "Lehrbuch"),
        ("exam\x02\r\nple", "example"),
        ("COVID\ufffe19 and E\x02Mail", "COVID-19 and E-Mail"),
        ("Vor\x02 und Nachteile", "Vor- und Nachteile"),
        ("e\u0301", "é"),
        ("\ufb01nd \ufeb3\ufefc\ufee1", "find سلام"),
        ("\u202bסוף\u202c\ufeff", "סוף"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\ud800b\ufdd0c", "abc"),
        ("x\u00b2", "x\u00b2"),
        ("ពាក្យ\u200bពាក្យ", "ពាក្យ ពាក្យ"),
    ],
)
def test_text_is_normalized(raw, clean):
    assert normalized(raw) == clean


def test_text_without_any_letter_is_empty(extracted):
    assert extracted(word(paragraph("\ue000\ue001 \ufffd …")), "docx").outcome == Outcome.EMPTY
