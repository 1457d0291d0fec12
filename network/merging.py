"""Makes one organization of two records: whatever named the one names the other."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail_localize.models import TranslationSource

from accounts.models import User
from catalog.watching import mark_pages_referring_to
from taxonomy.stored_blocks import StoredValue, replace_everywhere, rewrite_versions, texts_of_revisions

from .models import Organization, OrganizationName, Participation

# Taken over where the record that stays says nothing.
FACTS = (
    "type", "ror", "pic", "address", "city", "country_id", "region_id", "website", "contact", "logo_id", "logo_alt",
    "languages",
)  # fmt: skip


@transaction.atomic
def merge_organizations(*, kept: Organization, gone: Organization, by: User | None = None) -> None:
    """Everything that names `gone` names `kept`: rows, drafts, earlier revisions, what is being translated.

    The names of `gone` become other spellings, its address leads to the other, and its record is deleted.
    """
    if kept.pk == gone.pk:
        raise ValueError("An organization cannot be merged with itself.")
    mark_pages_referring_to(Organization, [str(kept.pk), str(gone.pk)])
    move_rows(gone.pk, kept.pk)
    move_usage(gone, kept)
    move_in_stored_versions(gone.pk, kept.pk)
    replace_everywhere(StoredValue(chooses_organization, gone.pk), kept.pk)
    take_over_names(kept, gone)
    facts = {name: getattr(gone, name) for name in FACTS}
    expertise = list(gone.expertise.all())
    redirect_to(kept, gone)
    gone.delete()
    for name, value in facts.items():
        setattr(kept, name, getattr(kept, name) or value)
    if not kept.expertise.exists():
        kept.expertise.set(expertise)
    kept.seeks_partners |= gone.seeks_partners
    kept.is_listed |= gone.is_listed
    kept.save()
    log(instance=kept, action="wagtail.edit", user=by, content_changed=True)


def chooses_organization(block: blocks.Block) -> bool:
    return isinstance(block, blocks.ChooserBlock) and block.target_model is Organization


def foreign_keys() -> list[models.ForeignKey]:
    """Every field that names an organization, rows of many-to-many fields included.

    Left out are its own rows, and those that are written anew with the entries of the catalog.
    """
    relations = Organization._meta.get_fields(include_hidden=True)
    keys = [relation.field for relation in relations if isinstance(relation, models.ManyToOneRel)]
    own = (OrganizationName, Organization.expertise.through, Participation)
    return [key for key in keys if key.model not in own]


def move_rows(old: int, new: int) -> None:
    """A row that would name `new` twice where that makes no sense is deleted instead."""
    for key in foreign_keys():
        for pk in key.model._base_manager.filter(**{key.attname: old}).values_list("pk", flat=True):
            row = key.model._base_manager.filter(pk=pk)
            try:
                with transaction.atomic():
                    row.update(**{key.attname: new})
            except IntegrityError:
                row.delete()


def move_usage(gone: Organization, kept: Organization) -> None:
    """Wagtail's list of what uses a record hears of no update of rows."""
    organizations = ContentType.objects.get_for_model(Organization)
    rows = ReferenceIndex.objects.filter(to_content_type=organizations, to_object_id=str(gone.pk))
    for pk in rows.values_list("pk", flat=True):
        row = ReferenceIndex.objects.filter(pk=pk)
        try:
            with transaction.atomic():
                row.update(to_object_id=str(kept.pk))
        except IntegrityError:
            row.delete()


def move_in_stored_versions(old: int, new: int) -> None:
    rewrite_versions(
        texts_of_revisions().filter(mentions("text", old)),
        TranslationSource.objects.filter(mentions("content_json", old)),
        lambda model, content: replaced(model, content, old, new),
    )


def mentions(field: str, pk: int) -> Q:
    """Whether a text of JSON may name the organization: every one that does, and some that do not."""
    condition = Q(pk__in=[])
    for name in {key.name for key in foreign_keys()}:
        condition |= Q(**{f"{field}__contains": f'"{name}": {pk}'})
    return condition | Q(**{f"{field}__contains": f"[{pk}"}) | Q(**{f"{field}__contains": f", {pk}"})


def replaced(model: type[models.Model], content: dict, old: int, new: int) -> dict:
    """The content of a row of this model and of its own rows; a list of several names each once."""
    content = dict(content)
    for name in names_of_keys(model):
        value = content.get(name)
        if value == old:
            content[name] = new
        elif isinstance(value, list) and old in value:
            content[name] = list(dict.fromkeys(new if pk == old else pk for pk in value))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if content.get(name):
            content[name] = [replaced(relation.related_model, row, old, new) for row in content[name]]
    return content


def names_of_keys(model: type[models.Model]) -> Iterable[str]:
    fields = model._meta.get_fields()
    kinds = (models.ForeignKey, ParentalManyToManyField)
    return [field.name for field in fields if isinstance(field, kinds) and field.related_model is Organization]


def take_over_names(kept: Organization, gone: Organization) -> None:
    """What `kept` is called in no language yet, it is called so from now on; all else becomes another spelling."""
    rows = {row.language: row for row in kept.other_names.all()}
    spellings = [gone.name, *gone.aliases.splitlines()]
    for row in gone.other_names.all():
        spellings.append(row.name)
        own = rows.get(row.language)
        if own is None:
            kept.other_names.add(OrganizationName(language=row.language, name=row.name, description=row.description))
        elif not own.description:
            own.description = row.description
            own.save()
    known = {kept.name, *kept.aliases.splitlines()}
    new = [name for name in dict.fromkeys(spellings) if name and name not in known]
    kept.aliases = "\n".join([*kept.aliases.splitlines(), *new])


def redirect_to(kept: Organization, gone: Organization) -> None:
    for code, _name in settings.LANGUAGES:
        path = Redirect.normalise_path(gone.path_in(code))
        Redirect.objects.update_or_create(
            old_path=path, site=None, defaults={"redirect_link": kept.path_in(code), "is_permanent": True}
        )
        earlier = Redirect.objects.filter(redirect_link=gone.path_in(code))
        earlier.update(redirect_link=kept.path_in(code))
