"""The home page of each language, and pages that are neither resource nor news."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from catalog.describable import Describable
from catalog.record import Record
from content.blocks import BodyBlock
from content.fields import BlocksField
from content.pages import SitePage
from content.publication import Publication
from pages.body import asset_ids, body_sections
from pages.describing import page_and_card_picture, page_path


class PlainPage(Describable, SitePage):
    """Abstract: title, summary, picture and body, and nothing that makes a resource."""

    body = BlocksField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*SitePage.summary_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    def to_record(self) -> Record:
        picture, card_picture = page_and_card_picture(self.image, self.image_alt)
        return Record(
            work=str(self.translation_key),
            language=self.locale.language_code,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
            path=page_path(self),
            identifier=self.external_id,
            published=self.first_published_at.isoformat() if self.first_published_at else "",
            modified=self.last_published_at.isoformat() if self.last_published_at else "",
            picture=picture,
            card_picture=card_picture,
        )

    def to_publication(self) -> Publication:
        return Publication(
            work=str(self.translation_key),
            language=self.locale.language_code,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
            sections=tuple(body_sections(self.body)),
        )

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = asset_ids(self)
        if self.image_id:
            pictures.add(self.image_id)
        return files, pictures


class HomePage(PlainPage):
    catalog_kind = "home"

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "resources.ListingPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(PlainPage):
    catalog_kind = "page"

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
