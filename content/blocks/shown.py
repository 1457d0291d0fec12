"""What blocks may show of the files, pictures and works that they name.

Whoever renders a body looks all of it up beforehand and puts it into the context as `shown`. A block that finds
nothing there shows nothing: so what is private or withdrawn does not get into a page by being forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.models import File, Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """Pictures and files by id, works by translation key, each as its notice in the catalog describes it."""

    pictures: Mapping[int, Any] = field(default_factory=dict)
    files: Mapping[int, Any] = field(default_factory=dict)
    works: Mapping[str, Any] = field(default_factory=dict)

    def picture(self, picture: Picture | None) -> Any:
        return self.pictures.get(picture.pk) if picture else None

    def file(self, file: File | None) -> Any:
        return self.files.get(file.pk) if file else None

    def work(self, page: Page | None) -> Any:
        return self.works.get(str(page.translation_key)) if page else None


@dataclass(frozen=True, slots=True)
class SampleShown(Shown):
    """For previews of blocks in the admin: a picture, a file and a work that do not exist."""

    extension: str = "pdf"

    def picture(self, picture: Picture | None) -> Any:
        address = static("site/sample-picture.svg")
        return SimpleNamespace(src=address, srcset="", width=640, height=360, credit="")

    def file(self, file: File | None) -> Any:
        return SimpleNamespace(
            title=_("File"), url="#", extension=self.extension, size=250_000, language="", description="", license=None
        )

    def work(self, page: Page | None) -> Any:
        record = {"title": _("Title"), "summary": _("Summary"), "card_picture": None, "license": None}
        return SimpleNamespace(
            path="#", language="", record_data=record, kind_info=SimpleNamespace(label=_("Resource"))
        )


def shown_in(context: Mapping | None) -> Shown:
    return (context or {}).get("shown") or Shown()
