"""The interface texts: complete, and compiled without gettext."""

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from oer_platform.messages import LANGUAGES, check, collect, fault_of, load


def test_every_text_is_translated_into_every_language(capsys):
    assert check() == 0, capsys.readouterr().out[-2_000:]


def test_what_the_check_calls_a_fault():
    source = Message("%(count)s files")
    assert fault_of(None, source, "sv", set()) == "missing"
    assert fault_of(Message("%(count)s files", ""), source, "sv", set()) == "empty"
    assert fault_of(Message("%(count)s files", "%(count)s filer", flags={"fuzzy"}), source, "sv", set()) == "fuzzy"
    assert fault_of(Message("%(count)s files", "%(count)s files"), source, "sv", set()) == "same as in English"
    assert fault_of(Message("%(count)s files", "%(count)s files"), source, "sv", {"sv\t%(count)s files"}) == ""
    assert fault_of(Message("%(count)s files", "%(cuont)s filer"), source, "sv", set()) == "placeholders differ"
    assert fault_of(Message("%(count)s files", "%(count)s filer"), source, "sv", set()) == ""


def test_texts_of_templates_and_code_are_collected():
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in collect()}
    assert {"Download everything (ZIP)", "%(number)s result", "Under way", "Challenge"} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_shown_in_the_language(language):
    with translation.override(language):
        assert (
            translation.gettext("Download everything (ZIP)") == load(language).get("Download everything (ZIP)").string
        )
        for count in (0, 1, 2, 3, 11, 100):
            text = translation.ngettext("%(number)s result", "%(number)s results", count)
            assert text not in ("%(number)s result", "%(number)s results")
