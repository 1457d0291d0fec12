"""The text of an edition as blocks, in Wagtail's raw form, before they have ids."""

from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where a picture comes from: a `data:` address, or a path relative to the folder of the file."""

    address: str

    @property
    def is_inline(self) -> bool:
        return self.address.startswith("data:")


@dataclass(slots=True)
class Content:
    """Blocks as pairs of type and value. A picture's value has its `PictureSource` in place of the picture's id."""

    blocks: list[tuple[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def pictures(self) -> list[PictureSource]:
        """Each once, in order."""
        return list(dict.fromkeys(value["image"] for kind, value in self.blocks if kind == "picture"))

    def replace_picture(self, source: PictureSource) -> None:
        """Put the alternative text and the caption where the picture would be."""
        for index, (kind, value) in enumerate(self.blocks):
            if kind == "picture" and value["image"] == source:
                text = " ".join(text for text in (value["alt_text"], value["caption"]) if text)
                self.blocks[index] = ("paragraph", f"<p>{escape(text, quote=False)}</p>" if text else "")
        self.blocks = [(kind, value) for kind, value in self.blocks if value]

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)
