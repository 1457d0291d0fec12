"""Endings that Snowball leaves on some forms of a word and takes from others, and vowels that come and go."""

import re

MIN_STEM_LENGTH = 4
VOWELS = "aeiouyαεηιουω"


def ending(words: str) -> re.Pattern[str]:
    """Matches any of these at the end; a search from the left meets the longest first."""
    return re.compile(f"(?:{'|'.join(words.split())})$")


ENDINGS = {
    "sv": ending("ats at ad ade ar er or an en ens ets et it its t d n s te de a e na ning ande"),
    "de": ending("er en em es e s t st n et te est ern d"),
    "nb": ending("er e et en ene t te de a s r d n ens ets ere"),
    "da": ending("er e et en ene t te de a s r d n ens ets ere"),
    "fr": ending("ee e es s ent er ez r it iv ie i ant ons ait aient a eur u t x ir oir"),
    "it": ending(
        "lo la li le ne ci vi mi ti si l n er ir ar err ann at ut it av ev iv ass ess iss and end ant ent a e i o anno"
    ),
    "fi": ending("v n nu ny tu ty nut nyt t ta ja j i e a o u ma mi is iv il s ks ut ud us"),
    "el": ending("θηκ τηκ ηθηκ στ θ τ σ ζ ξ ψ ξτ ψτ ι ευ ε α ο ιστ ηθ ησ ικ ηκ ουμ ομ εσ εισ εων"),
}
SCANDINAVIAN_FLEETING_VOWEL = re.compile("(?<=[^aeiouy])e(?=[lrn]$)")
FINNISH_NAMES_OF_QUALITIES = re.compile("(?<=....)u(?:ks|d|t)$")
FRENCH_K = re.compile("qu?$")


def without_endings(stem: str, language: str) -> str:
    if language not in ENDINGS:
        return stem
    if language == "fi":
        stem = FINNISH_NAMES_OF_QUALITIES.sub("us", stem)
    stem = cut_repeatedly(ENDINGS[language], stem, MIN_STEM_LENGTH, VOWELS)
    if language == "fr":
        return FRENCH_K.sub("c", stem)
    return SCANDINAVIAN_FLEETING_VOWEL.sub("", stem) if language in ("sv", "nb", "da") else stem


def cut_repeatedly(pattern: re.Pattern[str], word: str, least: int, vowels: str) -> str:
    """`word` less all such endings in turn, as far as `least` letters and a vowel remain."""
    while (shorter := cut(pattern, word, least, vowels)) != word:
        word = shorter
    return word


def cut(pattern: re.Pattern[str], word: str, least: int, vowels: str) -> str:
    """`word` less the longest such ending that leaves at least `least` letters and a vowel."""
    found = pattern.search(word, least)
    while found and not any(letter in vowels for letter in word[: found.start()]):
        found = pattern.search(word, found.start() + 1)
    return word[: found.start()] if found else word
