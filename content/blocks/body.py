"""The blocks of a body: few, each with one purpose, each rendered by a template of its own."""

from wagtail import blocks

from .learning import ChecklistBlock, QuestionBlock, StepsBlock
from .links import FileBlock, ResourceBlock
from .media import GalleryBlock, PictureBlock, VideoBlock
from .tables import TableBlock
from .text import AccordionBlock, CalloutBlock, HeadingBlock, ParagraphBlock, QuotationBlock


class BodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    quotation = QuotationBlock()
    callout = CalloutBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    question = QuestionBlock()
    file = FileBlock()
    resource = ResourceBlock()

    class Meta:
        required = False
