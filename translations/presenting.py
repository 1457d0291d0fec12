"""What the overview says about one edition, and where its links lead."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from accounts.permissions import Action, Subject, may

from .states import EditionState, State


@dataclass(frozen=True, slots=True)
class Cell:
    state: str
    label: str
    links: list[tuple[str, str]]


def cell_for(user: User, work: Page, edition: EditionState) -> Cell:
    language = edition.locale.language_code
    links = []
    if edition.state is State.MISSING:
        if may(user, Action.WRITE, Subject.TRANSLATION, language):
            links.append((_("Translate"), address("start", work, language)))
    elif edition.page_id:
        links.append((_("Open"), reverse("wagtailadmin_pages:edit", args=[edition.page_id])))
    if edition.translation_id and may(user, Action.WRITE, Subject.TRANSLATION, language):
        links.append((_("Texts"), reverse("translations:texts", args=[edition.translation_id])))
    if edition.state is State.BEHIND and may(user, Action.COORDINATE, Subject.TRANSLATION, language):
        links.append((_("Update from the source"), address("update", work, language)))
    if edition.state is State.READY and may(user, Action.PUBLISH, Subject.TRANSLATION, language):
        links.append((_("Publish edition"), address("publish", work, language)))
    return Cell(state=edition.state.value, label=label_of(edition), links=links)


def label_of(edition: EditionState) -> str:
    if edition.state in (State.IN_PROGRESS, State.BEHIND):
        return _("%(state)s: %(done)s of %(total)s") % {
            "state": edition.state.label,
            "done": edition.done,
            "total": edition.total,
        }
    return str(edition.state.label)


def address(name: str, work: Page, language: str) -> str:
    return reverse(f"translations:{name}", args=[work.pk, language])
