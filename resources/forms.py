"""What the edit forms check beyond single fields. Only forms do: an import or a saved draft is never refused for it."""

from django.utils.translation import gettext as _

from content.edit_forms import PageForm

MAX_KEYWORDS = 30
MAX_KEYWORD_LENGTH = 60


class ResourceForm(PageForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        self.check_order("period_start", "period_end", _("The end is before the beginning."))
        self.check_order("age_from", "age_to", _("The highest age is below the lowest."))
        self.check_keywords()
        return cleaned

    def check_order(self, first: str, last: str, message: str) -> None:
        low, high = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if low is not None and high is not None and high < low:
            self.add_error(last, message)

    def check_keywords(self) -> None:
        words = split_keywords(self.cleaned_data.get("keywords") or "")
        if len(words) > MAX_KEYWORDS:
            self.add_error("keywords", _("Use at most %(limit)s keywords.") % {"limit": MAX_KEYWORDS})
        for word in words:
            if len(word) > MAX_KEYWORD_LENGTH:
                message = _("“%(word)s” is too long for a keyword. Separate keywords by commas.")
                self.add_error("keywords", message % {"word": word[:MAX_KEYWORD_LENGTH] + "…"})
                break


class PlanForm(ResourceForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        priorities = cleaned.get("priorities") or ()
        actions = [action for priority in priorities for action in priority.value["actions"]]
        indicators = [indicator["code"] for action in actions for indicator in action["indicators"]]
        for codes in ([action["code"] for action in actions], indicators):
            twice = sorted({code for code in codes if codes.count(code) > 1})
            if twice:
                message = _(
                    "Each code may be used once, because progress is noted by code. Used more often: %(codes)s."
                )
                self.add_error("priorities", message % {"codes": ", ".join(twice)})
        return cleaned


def split_keywords(text: str) -> list[str]:
    """The keywords of a text separated by commas, semicolons (also Arabic ones) or lines, each once."""
    for mark in ";\n،؛":
        text = text.replace(mark, ",")
    words = (" ".join(word.split()) for word in text.split(","))
    return list(dict.fromkeys(word for word in words if word))
