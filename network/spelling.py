"""Whether two spellings mean the same name."""

import unicodedata


def plain_name(text: str) -> str:
    """Without case, accents, and more than one blank at a time: equal for "HOCHSCHULE  HARZ" and "Hochschule Harz"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(letters.replace("ı", "i").split())


def letters_of(text: str) -> str:
    """Also without punctuation and blanks, "&" being "and": equal for "E-learning" and "eLearning"."""
    words = plain_name(text.replace("&", " and "))
    return "".join(character for character in words if character.isalnum())
