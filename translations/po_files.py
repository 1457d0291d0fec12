"""Takes over an uploaded PO file: all that can be trusted in it, or nothing and the reason why."""

import re
from dataclasses import dataclass

import polib
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User

from .checks import LONGEST_TITLE
from .models import Origin
from .segments import write_text

LARGEST_FILE = 1024 * 1024
CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
TRANSLATION_ID = "X-WagtailLocalize-TranslationID"


class FileRefused(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    taken: int
    fuzzy: int
    unknown: int

    def sentences(self) -> list[str]:
        found = [
            ngettext(
                "%(count)s translation was taken over from the file.",
                "%(count)s translations were taken over from the file.",
                self.taken,
            )
            % {"count": self.taken}
        ]
        if self.fuzzy:
            found.append(
                ngettext(
                    "%(count)s is marked as fuzzy and was left out.",
                    "%(count)s are marked as fuzzy and were left out.",
                    self.fuzzy,
                )
                % {"count": self.fuzzy}
            )
        if self.unknown:
            found.append(
                ngettext(
                    "%(count)s belongs to no text of this page as it is now and was left out.",
                    "%(count)s belong to no text of this page as it is now and were left out.",
                    self.unknown,
                )
                % {"count": self.unknown}
            )
        return found


def import_file(upload: UploadedFile | None, translation: Translation, *, by: User) -> Outcome:
    """Raises FileRefused."""
    file = read_file(upload)
    if file.metadata.get(TRANSLATION_ID) != str(translation.uuid):
        raise FileRefused(_("This file was made for another page or language, or its header is missing."))
    rows = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    known = {(row.string.data, row.context.path): row for row in rows}
    wanted: list[polib.POEntry] = []
    fuzzy = unknown = 0
    for entry in file:
        if entry.obsolete or not entry.msgstr:
            continue
        if entry.fuzzy:
            fuzzy += 1
        elif (entry.msgid, entry.msgctxt) not in known:
            unknown += 1
        else:
            check_entry(entry)
            wanted.append(entry)
    with transaction.atomic():
        there = texts_of(translation)
        for entry in wanted:
            row = known[entry.msgid, entry.msgctxt]
            if there.get((row.string_id, row.context_id)) != entry.msgstr:
                write_text(row, translation.target_locale, text=entry.msgstr, by=by, origin=Origin.FILE)
    return Outcome(taken=len(wanted), fuzzy=fuzzy, unknown=unknown)


def texts_of(translation: Translation) -> dict[tuple[int, int], str]:
    rows = StringTranslation.objects.filter(
        context__object=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(string, context): data for string, context, data in rows.values_list("translation_of", "context", "data")}


def read_file(upload: UploadedFile | None) -> polib.POFile:
    if upload is None:
        raise FileRefused(_("Choose a PO file first."))
    if upload.size > LARGEST_FILE:
        raise FileRefused(_("The file is larger than 1 MB; a page's texts are never that long."))
    text = as_text(upload.read())
    if not text.strip():
        raise FileRefused(_("The file is empty."))
    try:
        # The line break keeps polib from taking the text for the name of a file to open.
        return polib.pofile("\n" + text)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise FileRefused(_("This is not a PO file, or it is damaged.")) from error


def as_text(data: bytes) -> str:
    named = CHARSET.search(data)
    charset = named.group(1).decode("ascii") if named else "utf-8"
    if charset.upper() in ("CHARSET", "UTF-8", "UTF8"):
        charset = "utf-8-sig"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError, TypeError) as error:
        raise FileRefused(
            _("The file cannot be read as %(charset)s. Save it as UTF-8.") % {"charset": charset[:40]}
        ) from error


def check_entry(entry: polib.POEntry) -> None:
    if entry.msgctxt == "title" and len(entry.msgstr) > LONGEST_TITLE:
        raise FileRefused(
            _("The title is longer than %(count)s characters: “%(start)s …”")
            % {"count": LONGEST_TITLE, "start": entry.msgstr[:40]}
        )
    if "\x00" in entry.msgstr:
        raise FileRefused(_("The file contains a character that is not allowed."))
