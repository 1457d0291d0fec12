"""Texts that people typed, in tables that others open in a spreadsheet."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """As it is, or with an apostrophe where a spreadsheet would calculate. Blanks before the sign count, too."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text
