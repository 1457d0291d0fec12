"""Makes relations between works. One whose other side has not come in yet is kept, and made when it has."""

from collections.abc import Callable
from enum import Enum

from django.db import transaction
from wagtail.models import Page

from content.page_permissions import Subject, subject_of
from network.models import Organization
from projects.models import Partner, ProjectPage
from resources.models import RelatedWork

from .links import KIND_OF_TARGET, OUTPUT, PREDECESSOR, PREVIOUS_EVENT, PROJECT, RELATED, SUCCESSOR, Link
from .models import LOG_ACTION, ImportedEdition
from .page_types import PAGE_TYPES
from .refusals import Refused
from .values import Notes

# What the page of the record itself can name.
OWN = (PROJECT, RELATED, PREDECESSOR, PREVIOUS_EVENT)


class State(Enum):
    """What became of a link that had to wait: `THERE` was so already."""

    MADE = "made"
    THERE = "there"
    WAITING = "waiting"


def target_of(link: Link, language: str) -> Page | None:
    """The edition in `language` of the work that is meant, else its source. Raises `Refused` for a wrong kind."""
    rows = list(ImportedEdition.objects.filter(import_id=link.target).exclude(page=None).select_related("page__locale"))
    rows.sort(key=lambda row: (row.language != language, not row.is_source))
    pages = [row.page for row in rows] or named_by_address(link, language)
    if not pages:
        return None
    page = pages[0].specific
    kind = KIND_OF_TARGET.get(link.name)
    if kind and not isinstance(page, PAGE_TYPES[kind]):
        raise Refused(f'"{link.target[:60]}", named as {link.name}, is not a page of the kind {kind}.')
    return page


def named_by_address(link: Link, language: str) -> list[Page]:
    """Pages that no import made, by the last part of their address; none if it stands for several works."""
    kind = KIND_OF_TARGET.get(link.name)
    models = [PAGE_TYPES[kind]] if kind else list(PAGE_TYPES.values())
    found = Page.objects.type(*models).filter(slug=link.target, alias_of=None).select_related("locale")[:50]
    if len({page.translation_key for page in found}) != 1:
        return []
    return sorted(found, key=lambda page: (page.locale.language_code != language, page.pk))


def set_links(page: Page, links: list[Link], notes: Notes) -> list[Link]:
    """Put into the page what it can name. Returns the links that must wait; what is wrong with them is said then."""
    language = page.locale.language_code
    waiting = [link for link in links if link.name not in OWN]
    related = []
    for link in links:
        if link.name not in OWN:
            continue
        try:
            target = target_of(link, language)
        except Refused:
            target = None
        if target is None:
            waiting.append(link)
        elif target.translation_key == page.translation_key:
            notes.say(f'It names itself as "{link.name}": that was left out.')
        elif link.name == RELATED:
            related.append(target)
        else:
            setattr(page, link.name, target)
            if link.name == PROJECT:
                find_output(page, link, notes)
    if any(link.name == RELATED for link in links):
        page.related_works = [RelatedWork(target=target, sort_order=order) for order, target in enumerate(related)]
    return waiting


def find_output(page: Page, link: Link, notes: Notes) -> None:
    """Of a work "project-io1" that does not say so, it is the output IO1 of that project."""
    if page.project_output or not page.external_id.casefold().startswith(f"{link.target}-".casefold()):
        return
    rest = page.external_id[len(link.target) + 1 :].casefold()
    code = next((block.value["code"] for block in page.project.outputs if block.value["code"].casefold() == rest), "")
    if code:
        page.project_output = code
        notes.say(f"By its id it was taken for the output {code} of the project.")


@transaction.atomic
def make_link(page: Page, link: Link, notes: Notes) -> State:
    """Make a link that had to wait. Raises `Refused`."""
    target = target_of(link, page.locale.language_code)
    if target is None:
        return State.WAITING
    if link.name in OWN:
        changed = [amend(page, lambda own: add_link(own, link, target, notes))]
    else:
        change = {OUTPUT: as_output, SUCCESSOR: as_successor}[link.name]
        changed = [amend(edition, lambda other: change(other, page, link)) for edition in editions_of(target)]
    return State.MADE if any(changed) else State.THERE


def add_link(page: Page, link: Link, target: Page, notes: Notes) -> None:
    if link.name == RELATED:
        rows = list(page.related_works.all())
        if target.translation_key not in {row.target.translation_key for row in rows}:
            page.related_works.add(RelatedWork(target=target, sort_order=len(rows)))
        return
    setattr(page, link.name, target)
    if link.name == PROJECT:
        find_output(page, link, notes)


def as_output(work: Page, project: Page, link: Link) -> None:
    if not hasattr(work, "project_output"):
        raise Refused(f'"{link.target[:60]}" cannot be an output of a project.')
    if work.project_id and work.project.translation_key != project.translation_key:
        raise Refused(f'"{link.target[:60]}" is named as an output, but belongs to another project.')
    work.project = work.project or project.specific
    work.project_output = link.detail


def as_successor(later: Page, earlier: Page, link: Link) -> None:
    if later.predecessor_id and later.predecessor.translation_key != earlier.translation_key:
        raise Refused(f'"{link.target[:60]}" continues another project already.')
    later.predecessor = earlier


def editions_of(page: Page) -> list[Page]:
    return list(Page.objects.filter(translation_key=page.translation_key, alias_of=None).order_by("pk").specific())


def amend(page: Page, change: Callable[[Page], None]) -> bool:
    """A new revision with the change, public where the last one was; False if nothing changed.

    Raises `Refused` rather than touch the work of people.
    """
    page = Page.objects.get(pk=page.pk).specific
    imported = ImportedEdition.objects.filter(page_id=page.pk).first()
    if page.locked:
        raise Refused(f'The page "{page.title[:80]}" is locked here.')
    if subject_of(page) is Subject.TRANSLATION:
        raise Refused(f'The page "{page.title[:80]}" is being translated here.')
    if imported and page.latest_revision_id != imported.revision_id:
        raise Refused(f'The page "{page.title[:80]}" was edited here after the import.')
    if imported is None and page.has_unpublished_changes:
        raise Refused(f'The page "{page.title[:80]}" has a draft here.')
    is_public = page.live and page.live_revision_id == page.latest_revision_id
    draft = page.get_latest_revision_as_object()
    before = facts_of(draft)
    change(draft)
    if facts_of(draft) == before:
        return False
    revision = draft.save_revision(log_action=LOG_ACTION)
    if is_public:
        revision.publish()
    if imported:
        ImportedEdition.objects.filter(pk=imported.pk).update(revision_id=revision.pk)
    return True


def facts_of(page: Page) -> tuple:
    return (
        *(getattr(page, f"{name}_id", None) for name in (PROJECT, PREDECESSOR, PREVIOUS_EVENT)),
        getattr(page, "project_output", ""),
        tuple(row.target_id for row in page.related_works.all()),
        tuple((row.organization_id, row.role) for row in page.partners.all()) if hasattr(page, "partners") else (),
    )


@transaction.atomic
def make_partner(organization: Organization, link: Link, language: str) -> State:
    """Name an organization among the partners of a project. Raises `Refused`."""
    project = target_of(link, language)
    if project is None:
        return State.WAITING
    if takes_part(organization, project):
        return State.THERE
    if not link.detail:
        raise Refused(
            f'It does not say as what "{organization.name[:80]}" takes part in "{project.title[:80]}", '
            'which does not name it: give a "role", or name it among the partners of the project.'
        )
    for edition in editions_of(project):
        amend(edition, lambda page: add_partner(page, organization, link.detail))
    return State.MADE


def takes_part(organization: Organization, project: ProjectPage) -> bool:
    draft = project.get_latest_revision_as_object()
    return organization.pk in {draft.coordinator_id, *(row.organization_id for row in draft.partners.all())}


def add_partner(page: ProjectPage, organization: Organization, role: str) -> None:
    rows = list(page.partners.all())
    if organization.pk not in {row.organization_id for row in rows}:
        page.partners.add(Partner(organization=organization, role=role, sort_order=len(rows)))
