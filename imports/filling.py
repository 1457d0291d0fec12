"""Puts what a record says into its page."""

from network.contributions import Contribution
from network.models import Organization
from pages.described import DescribedPage
from projects.models import ActivityFigures, Count, Partner, ProjectFigures
from resources.models import ActionPlanPage, AttachedFile

from .attachments import stored_file
from .block_form import block_form, block_id
from .linking import set_links
from .organizations import Directory, Named
from .page_fields import Counted, PageFields
from .pictures import stored_pictures
from .preparing import Prepared
from .values import Notes


def fill(page: DescribedPage, prepared: Prepared, stored: list, directory: Directory) -> None:
    """Put what the line says into the page, and leave alone what it does not mention."""
    fill_texts(page, prepared)
    fill_own(page, prepared, directory)
    edition = prepared.edition
    if prepared.content is not None:
        picture_ids = stored_pictures(prepared.content, edition.folder, stored)
        page.body = block_form(prepared.content, import_id=edition.id, picture_ids=picture_ids)
    for name, content in prepared.fields.bodies.items():
        picture_ids = stored_pictures(content, edition.folder, stored)
        setattr(page, name, block_form(content, import_id=f"{edition.id}\n{name}", picture_ids=picture_ids))
    if prepared.attachments is not None:
        page.attached_files = [
            AttachedFile(file=stored_file(attachment, stored, prepared.warnings), sort_order=order)
            for order, attachment in enumerate(prepared.attachments)
        ]


def fill_texts(page: DescribedPage, prepared: Prepared) -> None:
    edition = prepared.edition
    page.title = page.draft_title = edition.title
    if edition.summary is not None:
        page.summary = edition.summary
    if edition.published:
        page.first_published_at = edition.published
    if prepared.license and hasattr(page, "license_id"):
        page.license = prepared.license
    if prepared.topics is not None:
        page.topics = prepared.topics
    if prepared.countries is not None:
        page.countries = prepared.countries


def fill_own(page: DescribedPage, prepared: Prepared, directory: Directory) -> None:
    """What only its kind has; organizations are made where they are new."""
    fields, notes, language = prepared.fields, prepared.warnings, prepared.edition.language
    for name, value in fields.values.items():
        setattr(page, name, value)
    if isinstance(page, ActionPlanPage) and not page.territory:
        page.territory = prepared.edition.title[:200]
    for name, line in fields.organizations.items():
        setattr(page, name, directory.take(line, language, notes))
    if fields.partners is not None:
        page.partners = partners_of(page, fields.partners, prepared, directory)
    if fields.mentions is not None:
        page.organizations = mentions_of(fields, prepared, directory)
    if fields.contributions is not None:
        page.contributions = [
            contribution(who, role, order, prepared, directory)
            for order, (who, role) in enumerate(fields.contributions)
        ]
    prepared.open_links = set_links(page, fields.links, notes)


def partners_of(page: DescribedPage, lines: list[Named], prepared: Prepared, directory: Directory) -> list[Partner]:
    notes, language = prepared.warnings, prepared.edition.language
    partners: dict[int, Partner] = {}
    for line in lines:
        organization = directory.take(line, language, notes)
        if organization.pk in partners or organization.pk == getattr(page, "coordinator_id", None):
            notes.say(f'"{line.name[:100]}" is named twice among those who take part: the first mention counts.')
            continue
        country = directory.country_of(line, language, Notes())
        partners[organization.pk] = Partner(
            organization=organization,
            role=line.role or Partner.Role.PARTNER,
            country=country if country and country.pk != organization.country_id else None,
            website=line.website if line.website != organization.website else "",
            sort_order=len(partners),
        )
    return list(partners.values())


def mentions_of(fields: PageFields, prepared: Prepared, directory: Directory) -> list[dict]:
    rows = {}
    for line, url in fields.mentions or ():
        organization: Organization = directory.take(line, prepared.edition.language, prepared.warnings)
        rows[organization.pk] = {"organization": organization.pk, "name": "", "url": url}
    return [
        {"type": "organization", "value": value, "id": block_id(f"{prepared.edition.id}\norganizations:{number}")}
        for number, value in enumerate(rows.values())
    ]


def contribution(who: Named | str, role: str, order: int, prepared: Prepared, directory: Directory) -> Contribution:
    if isinstance(who, str):
        found = directory.finder.find(who)
        if found is None:
            return Contribution(person=who, role=role, sort_order=order)
        return Contribution(organization=found, role=role, sort_order=order)
    organization = directory.take(who, prepared.edition.language, prepared.warnings)
    return Contribution(organization=organization, role=role, sort_order=order)


def enter_counts(page: DescribedPage, prepared: Prepared, directory: Directory) -> None:
    """Planned and done, once for all languages of a project. What stands there otherwise stays, and is named."""
    counts = prepared.fields.counts
    if not counts:
        return
    project, _ = ProjectFigures.objects.get_or_create(work=page.translation_key, defaults={"title": page.title})
    codes = [block.value["code"] for block in page.activities]
    for counted in counts:
        activity, _ = ActivityFigures.objects.get_or_create(
            project=project,
            code=counted.code,
            defaults={"title": counted.title, "sort_order": codes.index(counted.code)},
        )
        enter_count(activity, counted, prepared, directory)


def enter_count(activity: ActivityFigures, counted: Counted, prepared: Prepared, directory: Directory) -> None:
    notes = prepared.warnings
    country = None
    if counted.country:
        country = directory.vocabulary.country(counted.country, prepared.edition.language)
        if country is None:
            notes.say(
                f'The counts of {counted.code} for "{counted.country[:60]}" were left out: that country is not known.'
            )
            return
    row, is_new = Count.objects.get_or_create(
        activity=activity, country=country, defaults={"planned": counted.planned, "done": counted.done}
    )
    given = (counted.planned, counted.done)
    if not is_new and (row.planned, row.done) != given:
        if prepared.replaces_counts:
            row.planned, row.done = given
            row.save()
        else:
            where = f" in {country}" if country else ""
            notes.say(f"The counts of {counted.code}{where} differ from those that stand here, which stay.")
