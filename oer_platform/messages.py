"""The interface texts: collected into locale/, compared, compiled. No gettext on the machine is needed.

`python -m oer_platform.messages extract` brings locale/<language>/LC_MESSAGES/django.po up to date,
`check` fails on texts that are missing, fuzzy, empty or the same as in English, `compile` writes the .mo files.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
READERS = ROOT / "templates" / "readers"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("sv", "de", "it", "tr", "fi", "nb", "da", "el", "ar", "uk", "fr")
APPS = (
    "oer_platform", "home", "imports", "news", "events", "toolkits", "resources", "projects", "pages", "network",
    "exports", "search", "translations", "catalog", "content", "taxonomy", "accounts",
)  # fmt: skip
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_text": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Texts that are the same in some language as in English, because that is the word there.
SAME_LIST = LOCALE / "same-as-english.txt"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
REVIEW_NOTE = "machine-made, to be reviewed"


def sources() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from sorted((ROOT / "templates").rglob("*.txt"))
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"migrations", "commands", "demo"} & set(path.parts):
                yield path


def collect() -> Catalog:
    """Every text of templates and code, with the places where it stands."""
    catalog = Catalog(project="Inclusion Commons", fuzzy=False)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        file, translator_comments, options = BytesIO(text.encode()), ["Translators:"], {"encoding": "utf-8"}
        if READERS in path.parents:
            found = babel_extract(file, list(KEYWORDS), translator_comments, options)
        else:
            if path.suffix != ".py":
                file = BytesIO(python_of_template(text, name).encode())
            found = extract_python(file, list(KEYWORDS), translator_comments, options)
        for _line, function, messages, comments in found:
            add(catalog, function, messages, name, comments)
    return catalog


def python_of_template(text: str, name: str) -> str:
    """The calls of gettext in a template, one a line; its indentation would mean something to Python."""
    return "\n".join(line.strip() for line in templatize(text, origin=name).splitlines())


def add(catalog: Catalog, function: str, messages: object, name: str, comments: list[str]) -> None:
    spec = KEYWORDS.get(function)
    found = messages if isinstance(messages, tuple) else (messages,)
    found = tuple(text for text in found if text is not None)
    if not found or not isinstance(found[0], str) or not found[0]:
        return
    context = None
    if function.startswith("pgettext") or function.startswith("npgettext"):
        context, found = found[0], found[1:]
    plural = spec is not None and function.startswith(("ngettext", "ungettext", "npgettext"))
    key = tuple(found[:2]) if plural and len(found) > 1 else found[0]
    catalog.add(key, locations=[(name, 0)], auto_comments=comments, context=context)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def save(catalog: Catalog, language: str) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file, catalog, width=0, sort_output=True, include_lineno=False, omit_header=False, ignore_obsolete=True
        )


def extract() -> int:
    template = collect()
    for language in LANGUAGES:
        known = load(language) if po_path(language).exists() else Catalog(locale=language)
        fresh = Catalog(locale=language, project="Inclusion Commons", fuzzy=False, revision_date=None)
        fresh._messages.clear()
        for message in template:
            if message.id:
                old = known.get(message.id, message.context)
                is_same_form = old is not None and isinstance(old.id, tuple) == isinstance(message.id, tuple)
                string = old.string if is_same_form and not old.fuzzy else ""
                comments = old.user_comments if old else []
                fresh.add(
                    message.id,
                    string,
                    locations=[(name, None) for name in dict.fromkeys(name for name, _ in message.locations)],
                    auto_comments=message.auto_comments,
                    user_comments=comments,
                    context=message.context,
                )
        save(fresh, language)
    print(f"{len(template)} texts in {len(LANGUAGES)} languages.")
    return 0


def check() -> int:
    """Report what readers would see in English, or wrongly, and return 1 if there is any."""
    template = [message for message in collect() if message.id]
    same = set(SAME_LIST.read_text(encoding="utf-8").splitlines()) if SAME_LIST.exists() else set()
    faults = []
    for language in LANGUAGES:
        catalog = load(language)
        for message in template:
            fault = fault_of(catalog.get(message.id, message.context), message, language, same)
            if fault:
                faults.append(f"{language}: {fault}: {message.id!r}")
    for fault in faults:
        print(fault)
    print(f"{len(template)} texts, {len(faults)} faults.")
    return 1 if faults else 0


def fault_of(translated: Message | None, source: Message, language: str, same: set[str]) -> str:
    if translated is None:
        return "missing"
    strings = translated.string if isinstance(translated.string, tuple) else (translated.string,)
    ids = source.id if isinstance(source.id, tuple) else (source.id,)
    if translated.fuzzy:
        return "fuzzy"
    if not all(strings):
        return "empty"
    if strings[0] == ids[0] and f"{language}\t{ids[0]}" not in same:
        return "same as in English"
    wanted = set(PLACEHOLDER.findall(ids[-1]))
    if any(not set(PLACEHOLDER.findall(string)) <= wanted for string in strings) or wanted - set(
        PLACEHOLDER.findall(strings[-1])
    ):
        return "placeholders differ"
    return ""


def compile_all() -> int:
    for language in LANGUAGES:
        if not po_path(language).exists():
            continue
        target = po_path(language).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= po_path(language).stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, load(language))
    return 0


def main(arguments: list[str]) -> int:
    commands = {"extract": extract, "check": check, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
