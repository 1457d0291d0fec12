"""Blocks that somebody works with: steps, checklists, questions."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from .base import TEXT_FEATURES, SiteBlock


class BodyStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    text = blocks.RichTextBlock(label=_("What is done, by whom"), required=False, features=TEXT_FEATURES)


class StepsBlock(SiteBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    steps = blocks.ListBlock(BodyStepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = _("Learning")
        description = _("What is done one after the other, numbered.")
        template = "content/blocks/steps.html"

        def preview_value(*args: object) -> dict:
            step = {"title": _text("Step"), "text": f"<p>{_text('What is done, by whom')}</p>"}
            return {"title": "", "steps": [step, step]}


class ChecklistBlock(SiteBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Item"), max_length=300), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        group = _("Learning")
        description = _("What to think of, to tick on the screen or on paper. Nothing of it is stored.")
        template = "content/blocks/checklist.html"

        def preview_value(*args: object) -> dict:
            return {"title": _text("Checklist"), "items": [_text("Item")] * 3}


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("This one is right"), required=False)


class QuestionBlock(SiteBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=500)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2)
    feedback = blocks.TextBlock(label=_("Feedback"), required=False, help_text=_("Shown with the right answer."))

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if any(option["is_right"] for option in value["options"]):
            return {}
        error = ValidationError(_("Mark at least one answer as right."), code="no_right_answer")
        return {"options": ListBlockValidationError(non_block_errors=[error])}

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        right = [option["text"] for option in value["options"] if option["is_right"]]
        return {**super().get_context(value, parent_context), "right": right}

    class Meta:
        icon = "help"
        label = _("Question")
        group = _("Learning")
        description = _("A question with answers to choose from, for readers to check what they know.")
        template = "content/blocks/question.html"

        def preview_value(*args: object) -> dict:
            options = [{"text": _text("Answer"), "is_right": True}, {"text": _text("Answer"), "is_right": False}]
            return {"question": _text("Question"), "options": options, "feedback": _text("Feedback")}
