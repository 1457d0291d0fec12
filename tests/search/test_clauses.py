import pytest

from search.clauses import clauses_of, parsed


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("mentor housing", ("mentor", "housing"), (), ()),
        ('"social housing" mentor', ("mentor",), ("social housing",), ()),
        ("„duale Ausbildung“ «formation duale» “dual training”", (), ("duale Ausbildung", "formation duale", "dual training"), ()),
        ("mentor -school", ("mentor",), (), ("school",)),
        ('mentor -"upper secondary school"', ("mentor",), (), ("upper secondary school",)),
        ("e-learning part-time", ("e-learning", "part-time"), (), ()),
        ('an "unbalanced mark', ("an", '"unbalanced', "mark"), (), ()),
        ('"" - -- "-"', ("-", "--"), ("-",), ()),
        ('5" screen "and" more', ('5"', "screen", "more"), ("and",), ()),
    ],
)  # fmt: skip
def test_a_query_is_read_as_words_phrases_and_exclusions(text, words, phrases, excluded):
    found = parsed(text)
    assert (found.words, found.phrases, found.excluded) == (words, phrases, excluded)


def test_a_word_asked_for_twice_counts_once_and_marks_ask_for_nothing():
    clauses = clauses_of(parsed('Mentors mentoring "mentor school" !!! -?'), "en")
    assert [[way.terms for way in clause.alternatives] for clause in clauses.wanted] == [[("mentor", "school")]]
    assert clauses.wanted[0].required
    assert not clauses.excluded
    assert clauses.terms == ["mentor", "school"]
