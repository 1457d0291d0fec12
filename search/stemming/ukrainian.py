"""A light stemmer for Ukrainian, which Snowball lacks: endings by the grammar, no dictionary.

Endings of declension and conjugation go, then what remains of a verb's theme; sounds that alternate within
one word (ніч, ночі; книга, книзі; біженець, біженця) become one letter. Related words may share a stem.
"""

import re

from .endings import cut, ending

VOWELS = "аеєиіїоуюя"
CONSONANTS = "бвгґджзйклмнпрстфхцчшщ"
# What is left over must be a word's root, not a part of it.
MIN_STEM_LENGTH = 3

DECLENSION = """
    а я о е є и і ї у ю й ь ам ям ами ями ах ях ом ем єм ою ею єю ові еві єві ів їв ей
    ий ій ого його ього ому йому ьому ої йої ьої йою ьою им їм ім их їх іх ими їми іми
    ість ості істі ости істю остей остям остями остях
"""
# Endings of the infinitive, the past, the future and the gerund follow a theme, those of the present a shorter one.
# Without a theme, ти, ла, ло, ли are more often the end of a noun (документи, житла).
THEMES = "а я і ї и у ю о ува юва"
AFTER_THEME = "ти ла ло ли"
AFTER_THEME_OR_ROOT = "в ть вши тиму тимеш тиме тиметь тимем тимемо тимете тимуть"
PRESENT_THEMES = "а я і у ю"
PRESENT = "ю єш є єм ємо єте єть ють ючи"
CONJUGATION = """
    еш єш иш їш ить їть ем имо їмо емо ете єте еть ите їте уть ать ять учи ачи ячи
    ай яй уй юй айте яйте уйте юйте аймо яймо уймо юймо іть імо йте ймо іте
"""


def combined(themes: str, endings: str) -> str:
    return " ".join(theme + each for theme in themes.split() for each in endings.split())


REFLEXIVE = re.compile("(?<=[тйлвоиеєуюаямшь])(?:ся|сь)$")
ENDING = ending(
    " ".join(
        [
            DECLENSION,
            combined(THEMES, f"{AFTER_THEME} {AFTER_THEME_OR_ROOT}"),
            AFTER_THEME_OR_ROOT,
            combined(PRESENT_THEMES, PRESENT),
            PRESENT,
            CONJUGATION,
        ]
    )
)
# A noun's own т or л where a verb's ending would begin (освіта, освіти; матеріал, матеріали): gone in every form.
AS_IF_ENDING = re.compile("[аяіїиуо][тл]$")
THEME = re.compile(f"(?:ува|юва|[{VOWELS}йь]+)$")
DOUBLED = re.compile(rf"([{CONSONANTS}])\1$")
FLEETING_VOWEL = re.compile(f"[еє](?=ц$)|(?<=[{CONSONANTS}])[ое](?=[кнлр]$)")
CLOSED_SYLLABLE = re.compile(f"і(?=[{CONSONANTS}]+$)")
ALTERNATING = str.maketrans({"г": "з", "ж": "з", "к": "ц", "ч": "ц", "х": "с", "ш": "с"})


def stem(word: str) -> str:
    """The stem of a lower-case word without apostrophes."""
    for pattern in (REFLEXIVE, ENDING, AS_IF_ENDING, THEME):
        word = cut(pattern, word, MIN_STEM_LENGTH, VOWELS)
    word = DOUBLED.sub(r"\1", word)
    if len(word) > MIN_STEM_LENGTH + 1:
        word = FLEETING_VOWEL.sub("", word)
    word = CLOSED_SYLLABLE.sub("о", word)
    return word[:-1] + word[-1:].translate(ALTERNATING)


def beginnings(term: str) -> set[str]:
    """How folded words with this stem may begin: the last sounds may have changed, an apostrophe gone."""
    start = term[: max(1, min(3, len(term) - 2))]
    starts = {start, start.replace("о", "і")}
    return starts | {start[:place] + mark for place in (1, 2) if place < len(start) for mark in "'’`ʼ"}
