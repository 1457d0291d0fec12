"""The blocks of a body, and what blocks of other fields are made of."""

from .base import CodeBlock, SiteBlock, Untranslated, WebAddressBlock
from .body import BodyBlock
from .learning import OptionBlock, QuestionBlock
from .links import PageBlock
from .shown import Shown
from .tables import TableBlock

__all__ = [
    "BodyBlock", "CodeBlock", "OptionBlock", "PageBlock", "QuestionBlock", "Shown", "SiteBlock", "TableBlock",
    "Untranslated", "WebAddressBlock",
]  # fmt: skip
