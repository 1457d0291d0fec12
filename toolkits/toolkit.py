"""A toolkit: modules in order, each with units in order. The toolkit is the work; they are its parts."""

from typing import TYPE_CHECKING

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from catalog.describing import expired_parts
from catalog.models import CatalogEntry
from catalog.record import Relation
from content.fields import BlocksField
from content.publication import Section
from pages.body import asset_ids
from pages.described import tabs
from pages.describing import page_path
from resources.formats import Format
from resources.rendering import rich_section, text_section, values
from resources.row_blocks import LinkBlock, render_links
from resources.shared import ResourcePage
from resources.uses import USES, public_editions, use

from .part_blocks import minutes_in_words

if TYPE_CHECKING:
    from .parts import PartPage

TEXT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class ToolkitPage(ResourcePage):
    catalog_kind = "toolkit"
    default_resource_type = "course"
    has_parts = True

    # The request of somebody whom Wagtail let in to a restricted page: decides which restricted parts are shown too.
    reader: HttpRequest | None = None

    learning_outcomes = RichTextField(
        _("learning outcomes"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What people can do afterwards. One line each."),
    )
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.SELF_STUDY)
    prerequisites = models.TextField(
        _("prerequisites"), blank=True, help_text=_("What people should know or have before they begin.")
    )
    facilitator_notes = RichTextField(
        _("notes for facilitators"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("How to prepare, how large a group may be, what to watch for."),
    )
    materials = BlocksField([("material", LinkBlock())], verbose_name=_("materials"), blank=True)

    parent_page_types = ["resources.ListingPage"]
    subpage_types = ["toolkits.ModulePage"]

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("format", overridable=False),
    ]

    edit_handler = tabs(
        [
            *ResourcePage.title_panels,
            FieldPanel("format"),
            FieldPanel("learning_outcomes"),
            FieldPanel("prerequisites"),
            FieldPanel("body"),
        ],
        ResourcePage,
        (
            _("For facilitators"),
            [FieldPanel("facilitator_notes"), FieldPanel("materials"), ResourcePage.period_panel],
        ),
    )

    class Meta:
        verbose_name = _("toolkit")
        verbose_name_plural = _("toolkits")

    @property
    def parts(self) -> list["PartPage"]:
        """Live modules and units in reading order; in a preview the previewed one is a draft.

        A part with a restriction of its own is left out, unless `reader` is somebody whom it lets in. What restricts
        the toolkit as a whole restricts its parts no further.
        """
        if not hasattr(self, "_parts"):
            below = Page.objects.child_of(self) if self.pk else Page.objects.none()
            modules = {page.path: page for page in below.live().specific()}
            units = Page.objects.descendant_of(self).filter(depth=self.depth + 2).live().specific()
            pages = {**modules, **{unit.path: unit for unit in units if unit.path[: -Page.steplen] in modules}}
            closed = self.closed_paths() if pages else ()
            pages = {path: page for path, page in pages.items() if not path.startswith(closed)}
            draft = getattr(self, "previewed_part", None)
            if draft is not None:
                pages[draft.path] = draft
            self._parts = [pages[path] for path in sorted(pages)]
        return self._parts

    def closed_paths(self) -> tuple[str, ...]:
        """Tree paths of what inside this toolkit is not open to the reader."""
        restrictions = PageViewRestriction.objects.filter(page__path__startswith=self.path).exclude(page_id=self.pk)
        return tuple(
            restriction.page.path
            for restriction in restrictions.select_related("page")
            if self.reader is None or not restriction.accept_request(self.reader)
        )

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.reader = request
        return super().serve(request, *args, **kwargs)

    @property
    def current_parts(self) -> list["PartPage"]:
        """Without what has expired, although Wagtail still calls it live."""
        over = expired_parts(self)
        return [part for part in self.parts if part not in over]

    @property
    def modules(self) -> list["PartPage"]:
        return [part for part in self.current_parts if part.depth == self.depth + 1]

    def units_of(self, module: "PartPage") -> list["PartPage"]:
        return [part for part in self.current_parts if part.depth > module.depth and part.path.startswith(module.path)]

    def minutes_of(self, module: "PartPage") -> int:
        """The sum of its units, or what the module itself says where they say nothing."""
        return sum(unit.minutes or 0 for unit in self.units_of(module)) or module.minutes or 0

    @property
    def minutes(self) -> int:
        return sum(self.minutes_of(module) for module in self.modules)

    @cached_property
    def practices(self) -> dict[str, CatalogEntry]:
        """The blueprints that parts use, as far as readers may see them."""
        return public_editions(
            (work for part in self.parts for work in part.practice_works()), self.locale.language_code
        )

    def sections(self) -> list[Section]:
        own = [
            rich_section("learning-outcomes", _text("Learning outcomes"), self.learning_outcomes),
            text_section("prerequisites", _text("Prerequisites"), self.prerequisites),
            *super().sections(),
            rich_section("facilitator-notes", _text("Notes for facilitators"), self.facilitator_notes),
            Section(id="materials", title=_text("Materials"), html=render_links(values(self.materials))),
        ]
        own = [section for section in own if section.html]
        return [*own, *(part.as_section(self) for part in self.parts), *self.closing_sections()]

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            (_text("Format"), str(self.get_format_display())),
            (_text("Modules"), str(len(self.modules))),
        ]
        if self.minutes:
            facts.append((_text("Duration"), minutes_in_words(self.minutes)))
        return [*facts, *super().facts()]

    def recommended(self) -> list[tuple[str, bool]]:
        return [(_text("Learning outcomes"), bool(self.learning_outcomes)), (_text("Modules"), bool(self.parts))]

    def card_facts(self) -> list[str]:
        count = len(self.modules)
        facts = [
            ngettext("%(count)s module", "%(count)s modules", count) % {"count": count},
            minutes_in_words(self.minutes) if self.minutes else "",
            str(self.get_format_display()),
        ]
        return [fact for fact in facts if fact]

    def uses(self) -> list[dict[str, str]]:
        return [use(work, part.title, page_path(part)) for part in self.current_parts for work in part.practice_works()]

    def relations(self) -> list[Relation]:
        works = dict.fromkeys(place["work"] for place in self.uses())
        return [*super().relations(), *(Relation(name=USES, work=work) for work in works)]

    def record_extra(self) -> dict:
        uses = self.uses()
        return {
            **super().record_extra(),
            "modules": len(self.modules),
            "minutes": self.minutes,
            "format": self.format,
            "facets": {"format": [self.format]},
            **({"uses": uses} if uses else {}),
        }

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = super().shown_assets()
        for part in self.parts:
            part_files, part_pictures = asset_ids(part)
            files |= part_files
            pictures |= part_pictures
        return files, pictures
