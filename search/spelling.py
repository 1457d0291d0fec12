"""What a reader may have meant: words of the index that are one letter away."""

from .analysis import term_of, words_of
from .engines import SearchEngine
from .models import Word
from .queries import SearchQuery

MAX_CHECKED_WORDS = 4


def did_you_mean(engine: SearchEngine, text: str, language: str) -> str | None:
    """The query with its unknown words replaced; None when every word is known or nothing is near."""
    words = words_of(text, language)[:20]
    frequencies = engine.frequencies(language, {term_of(word, language) for word in words})
    unknown = [word for word in words if not frequencies.get(term_of(word, language)) and len(word) > 3]
    corrections = {}
    for word in unknown[:MAX_CHECKED_WORDS]:
        best = nearest_word(engine, word, language)
        if best:
            corrections[word] = best
    if not corrections:
        return None
    suggestion = " ".join(corrections.get(word, word) for word in words)
    # The index may still hold what readers no longer see; only a query with results is worth a click.
    return suggestion if engine.find(SearchQuery(text=suggestion, language=language, size=1)).total else None


def nearest_word(engine: SearchEngine, word: str, language: str) -> str | None:
    """The most frequent indexed word at an edit distance of one; swapped neighbours count as one edit."""
    letters = alphabet(language, word)
    candidates = one_edit_away(word, letters)
    found = {}
    for start in range(0, len(candidates), 500):
        found |= dict(
            Word.objects.filter(language=language, word__in=candidates[start : start + 500]).values_list("word", "stem")
        )
    frequencies = engine.frequencies(language, set(found.values())) if found else {}
    ranked = sorted(found, key=lambda candidate: (-frequencies.get(found[candidate], 0), candidate))
    return next((candidate for candidate in ranked if frequencies.get(found[candidate])), None)


ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "it": "abcdefghijklmnopqrstuvwxyzàèéìòù",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "fr": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûü",
}


def alphabet(language: str, word: str) -> str:
    return "".join(sorted(set(ALPHABETS.get(language, "")) | set(word)))


def one_edit_away(word: str, letters: str) -> list[str]:
    splits = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    edits = {left + right[1:] for left, right in splits if right}
    edits |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    edits |= {left + letter + right[1:] for left, right in splits if right for letter in letters}
    edits |= {left + letter + right for left, right in splits for letter in letters}
    edits.discard(word)
    return sorted(edits)
