"""The words of all indexed texts, kept so that a misspelt word can be answered with what was meant."""

from .analysis import term_of, words_of
from .engines import SearchEngine
from .models import SearchText, Word

MIN_WORD_LENGTH, MAX_WORD_LENGTH = 4, 60
BATCH = 500


def remember_words(text: SearchText) -> None:
    """Words of title, summary, keywords and body; those of files are too many and too often read wrongly."""
    said = words_of(f"{text.title} {text.summary} {text.keywords} {text.body}", text.language)
    words = {word for word in said if MIN_WORD_LENGTH <= len(word) <= MAX_WORD_LENGTH and not word.isdigit()}
    known = Word.objects.filter(language=text.language, word__in=words).values_list("word", flat=True)
    new = [Word.of(word, term_of(word, text.language), text.language) for word in words - set(known)]
    Word.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def forget_unused_words(engine: SearchEngine) -> int:
    """Delete words whose stem no document has any more; returns how many."""
    count = 0
    for language in Word.objects.order_by().values_list("language", flat=True).distinct():
        words = Word.objects.filter(language=language).order_by("pk").values_list("pk", "stem")
        last = 0
        while batch := list(words.filter(pk__gt=last)[:BATCH]):
            frequencies = engine.frequencies(language, {stem for _, stem in batch})
            unused = [pk for pk, stem in batch if not frequencies.get(stem)]
            count += Word.objects.filter(pk__in=unused).delete()[0]
            last = batch[-1][0]
    return count
