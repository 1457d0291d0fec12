"""Typing mistakes: a letter wrong, missing or too many, or two neighbours swapped."""

ALPHABETS = {
    "tr": "abcdefghijklmnoprstuvyz",
    "el": "αβγδεζηθικλμνξοπρστυφχψω",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءة",
    "uk": "абвгдеєжзиіклмнопрстуфхцчшщьюя",
}
LATIN = "abcdefghijklmnopqrstuvwxyz"


def edits_between(one: str, other: str, most: int) -> int | None:
    """How many edits make `other` of `one`; None if more than `most`."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        length = len(one) + len(other)
        return length if length <= most else None
    if not most or abs(len(one) - len(other)) > most:
        return None
    rests = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        rests.append((one[2:], other[2:]))
    counts = [count for rest in rests if (count := edits_between(*rest, most - 1)) is not None]
    return 1 + min(counts) if counts else None


def one_edit_away(word: str, language: str) -> set[str]:
    """All strings one edit away from a folded word, itself excluded."""
    letters = set(ALPHABETS.get(language, LATIN)) | set(word)
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    edits = {left + right[1:] for left, right in splits if right}
    edits |= {left + letter + right[1:] for left, right in splits if right for letter in letters}
    edits |= {left + letter + right for left, right in splits for letter in letters}
    return (edits | swaps(word)) - {word}


def swaps(word: str) -> set[str]:
    return {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)}
