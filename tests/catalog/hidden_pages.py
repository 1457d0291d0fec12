"""Pages, parts, files and pictures that must not be seen, each with a token in all that it says."""

import io

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from docx import Document
from PIL import Image
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from catalog.models import CatalogEntry
from content.models import File, Picture
from events.models import EventPage, Registration, RegistrationDesk
from network.models import Contribution, Organization, Person
from resources.models import AttachedFile, BlueprintPage, ListingPage, RelatedWork
from taxonomy.models import Concept
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from .conftest import add, add_toolkit, listing, locale, paragraph

HOUR = timezone.timedelta(hours=1)


def token(name: str) -> str:
    """In title, summary, text, files and pictures of the page called `name`."""
    return f"zyx{name.replace('-', '')}q"


def slug(name: str) -> str:
    return f"address-{name}-x"


NAMES: list[str] = []


def secret_file(name: str, **fields) -> File:
    document, content = Document(), io.BytesIO()
    document.add_paragraph(f"Content {token(name)}")
    document.save(content)
    return File.objects.create(
        title=f"File {token(name)}", description=f"About {token(name)}",
        file=ContentFile(content.getvalue(), f"file-{token(name)}.docx"), **fields,
    )  # fmt: skip


def secret_picture(name: str, **fields) -> Picture:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return Picture.objects.create(
        title=f"Picture {token(name)}", credit=f"Credit {token(name)}",
        file=ImageFile(io.BytesIO(content.getvalue()), f"picture-{token(name)}.png"), **fields,
    )  # fmt: skip


def fill(page, name: str):
    """Put the token wherever a page can carry one."""
    if name not in NAMES:
        NAMES.append(name)
    picture = secret_picture(name)
    page.title, page.summary, page.image = f"Title {token(name)}", f"Summary {token(name)}", picture
    page.image_alt = f"Alt {token(name)}"
    file = secret_file(name)
    page.body = [
        *paragraph(f'<p>Text {token(name)} <a linktype="document" id="{file.pk}">a file</a></p>'),
        ("picture", {"image": picture, "alt_text": token(name), "caption": token(name)}),
    ]
    if hasattr(page, "topics"):
        page.attached_files = [AttachedFile(file=file)]
        page.contributions = [
            Contribution(person=f"Person {token(name)}", role="author"),
            Contribution(organization=Organization.objects.create(name=f"Organization {token(name)}")),
            Contribution(known_person=Person.objects.create(name=f"Known {token(name)}")),
        ]
        page.topics = list(Concept.objects.filter(scheme="topic", code="learning"))
    return page


def secret(name: str, parent=None, *, publish=True, **fields) -> BlueprintPage:
    page = fill(BlueprintPage(slug=slug(name), **fields), name)
    return add(page, parent or listing(), publish=publish)


def restrict(page: Page, kind: str) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="very secret")
    if kind == "groups":
        restriction.groups.add(Group.objects.get_or_create(name="Inside")[0])
    return restriction


def make_hidden_pages() -> None:
    home = listing().get_parent().specific
    secret("draft", publish=False)
    for kind in ("login", "password", "groups"):
        restrict(secret(kind), kind)
    folder = add(ListingPage(title="Folder", slug="folder", lists="blueprint"), home)
    restrict(folder, "login")
    secret("below-login", folder)
    secret("unpublished").unpublish()
    secret("deleted").delete()
    secret("expired", expire_at=timezone.now() + HOUR)
    expired = secret("expired-by-command", expire_at=timezone.now() + HOUR)
    expired.unpublish(set_expired=True)
    secret("scheduled", publish=False, go_live_at=timezone.now() + HOUR).save_revision().publish()
    moved = secret("moved-inside")
    moved.move(folder, "last-child")
    restricted = secret("restricted-in-swedish").copy_for_translation(locale("sv"), copy_parents=True)
    restrict(restricted, "login")
    BlueprintPage.objects.get(slug=slug("restricted-in-swedish"), locale=locale("en")).unpublish()
    restricted.save_revision().publish()
    draft_translation = public("translated").copy_for_translation(locale("sv"))
    fill(draft_translation, "draft-translation").save_revision()
    edited = public("edited")
    fill(edited, "draft-edit").save_revision()
    later = public("edited-later")
    fill(later, "scheduled-edit").go_live_at = timezone.now() + HOUR
    later.save_revision().publish()
    alias_source = secret("alias-of-restricted")
    alias = CreatePageAliasAction(alias_source, parent=home_listing(home), update_slug="an-alias")
    alias.execute(skip_permission_checks=True)
    restrict(alias_source, "login")
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    NAMES.append("private-file")
    page = public("with-a-private-file")
    page.attached_files = [AttachedFile(file=secret_file("private-file", collection=private))]
    page.save_revision().publish()
    NAMES.extend(["private-link-in-text", "private-picture"])
    linked = secret_file("private-link-in-text", collection=private)
    page = public("with-a-link-to-a-private-file")
    link = f'<a linktype="document" id="{linked.pk}">the report</a>'
    page.body = [*paragraph(f"<p>See {link}.</p>"), ("callout", {"title": "", "text": f"<p>See {link}.</p>"})]
    page.context = f"<p>Context and {link}.</p>"
    page.image = secret_picture("private-picture", collection=private)
    page.save_revision().publish()


def home_listing(home) -> ListingPage:
    return add(ListingPage(title="Aliases", slug="aliases", lists="blueprint"), home)


def hidden_unit(module: ModulePage, name: str, *, expire=False, **options) -> UnitPage:
    page = fill(UnitPage(slug=slug(name)), name)
    if expire:
        page.expire_at = timezone.now() + HOUR
    return add(page, module, **options)


def make_hidden_parts() -> None:
    toolkit = add_toolkit("kit", modules=2, units=1)
    first = ModulePage.objects.child_of(toolkit).first()
    hidden_unit(first, "draft-unit", publish=False)
    restrict(hidden_unit(first, "restricted-unit"), "login")
    hidden_unit(first, "unpublished-unit").unpublish()
    hidden_unit(first, "deleted-unit").delete()
    draft_module = add(
        ModulePage(title=f"Module {token('unit-of-draft')}", slug="draft-module"), toolkit, publish=False
    )
    hidden_unit(draft_module, "unit-of-draft")
    taken_back = add(ModulePage(title=f"Module {token('unit-of-withdrawn')}", slug="withdrawn-module"), toolkit)
    hidden_unit(taken_back, "unit-of-withdrawn")
    taken_back.unpublish()
    draft_of_unit = UnitPage.objects.child_of(first).first()
    fill(draft_of_unit, "draft-edit-of-unit").save_revision()
    hidden_toolkit = add(
        fill(ToolkitPage(slug=slug("draft-toolkit")), "draft-toolkit"), listing("toolkit"), publish=False
    )
    module = add(ModulePage(title=f"Module {token('draft-toolkit')}", slug="module"), hidden_toolkit)
    hidden_unit(module, "unit-of-draft-toolkit")
    expiring = add_toolkit("expiring", modules=1, units=1)
    hidden_unit(ModulePage.objects.child_of(expiring).first(), "expired-unit", expire=True)


def make_hidden_events() -> None:
    """One can register for all of them; a link that only participants get is hidden, too."""
    coming = timezone.now().date() + timezone.timedelta(days=30)
    for name in ("draft-event", "unpublished-event", "private-link"):
        event = EventPage(slug=slug(name), start_date=coming)
        if name == "private-link":
            NAMES.append(name)
            event.title, event.slug = "Public event", "public-event"
            event.online_link = f"https://meet.example.org/{token(name)}"
        else:
            fill(event, name)
        add(event, listing("event"))
    for name in ("draft-event", "unpublished-event"):
        EventPage.objects.get(slug=slug(name)).unpublish()
    RegistrationDesk.objects.update(is_open=True)
    Registration.objects.create(
        desk=RegistrationDesk.objects.get(title="Public event"),
        name=token("private-link"),
        email=f"{token('private-link')}@example.org",
        language="en",
        consent_text=token("private-link"),
        consented_at=timezone.now(),
        state="confirmed",
    )


def public(name: str) -> BlueprintPage:
    page = BlueprintPage(title=f"Public {name}", slug=name, summary="Known.", body=paragraph("<p>Known text.</p>"))
    return add(page, listing())


def make_links_to_them() -> None:
    """A public page related to each hidden one."""
    page = public("related")
    page.related_works = [
        RelatedWork(target=hidden)
        for hidden in Page.objects.filter(slug__startswith="address-").exclude(slug="related")
    ]
    page.save_revision().publish()


def let_time_pass() -> None:
    """Expiry dates come, and the command that unpublishes has not run yet."""
    past = timezone.now() - HOUR
    pages = Page.objects.filter(expire_at__isnull=False)
    CatalogEntry.objects.filter(page_id__in=pages.values("pk")).update(expires_at=past)
    owner = Page.objects.get(slug="expiring")
    CatalogEntry.objects.filter(page_id=owner.pk).update(expires_at=past)
    pages.update(expire_at=past)
