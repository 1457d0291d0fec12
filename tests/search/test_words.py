"""What counts as the same word, in each language, and which word is meant by a misspelt one."""

import uuid

import pytest
from django.core.management import call_command

from search.analysis import terms_of
from search.edits import edits_between, one_edit_away
from search.expansion import MAX_NEAR_WORDS, near_terms, near_words
from search.highlighting import matching_spans
from search.indexing import entry_was_changed
from search.models import Word
from search.queries import SearchQuery
from search.searching import run_search

# Forms of one word on each line.
FORMS = {
    "en": ["refugee refugees", "mentor mentors mentoring", "study studies"],
    "sv": [
        "flykting flyktingar flyktingarna flyktingens",
        "utbildning utbildningen utbildningar",
        "program programmet programmets",
        "klar klart klara",
        "objekt objektet",
    ],
    "de": [
        "Werkstatt Werkstätten",
        "ablehnen abgelehnt abzulehnen ablehnst",
        "fördern gefördert fördert",
        "anmelden angemeldet anmeldet",
        "Haus Häuser Häusern",
        "stornieren storniert",
    ],
    "it": [
        "rifugiato rifugiati rifugiata",
        "eliminare elimina eliminato eliminalo eliminerà",
        "città CITTÀ citta",
        "comunità comunita",
    ],
    "tr": [
        "okul okullar okullarda okulun",
        "öğrenci öğrenciler öğrencilerin öğrencilere",
        "kitap kitabı kitaplar kitabın",
        "mülteci mülteciler mültecilerin",
        "eğitim eğitimi eğitimde",
    ],
    "fi": [
        "oikeus oikeuden oikeudet oikeutta oikeuksien oikeuksia",
        "tulos tulokset tuloksia tuloksen",
        "kurssi kurssit kursseja kurssin",
    ],
    "nb": [
        "flyktning flyktninger flyktningene",
        "eksempel eksempler eksemplet",
        "utføre utført utfører",
        "tittel titler",
    ],
    "da": ["flygtning flygtninge flygtningene", "eksempel eksempler", "kommune kommuner kommunerne", "lærer lærere"],
    "el": ["πρόσφυγας πρόσφυγες", "εκπαίδευση εκπαίδευσης", "δημοσιεύει δημοσίευσε", "λίστα λίστας"],
    "ar": [
        "كتاب كتب الكتاب والكتاب كتابه",
        "مهاجر المهاجرون المهاجرين مهاجرة",
        "مدرسة المدرسة مدارس المدارس",
        "لاجئ لاجئون اللاجئين",
        "إعلان الإعلان اعلان",
    ],
    "uk": [
        "біженець біженця біженців біженцям",
        "школа школи школі шкіл школах",
        "освіта освіти освіті освітою",
        "книга книзі книг книгами",
        "працювати працює працюємо працював працюватиме",
        "можливість можливості можливостей",
        "навчання навчань навчанням",
        "великий великого великими",
    ],
    "fr": [
        "réfugié réfugiés réfugiée réfugiées",
        "publier publié publiée publient",
        "nationalité nationalités",
        "public publics publique",
    ],
}
LINES = [(language, line) for language, lines in FORMS.items() for line in lines]


@pytest.mark.parametrize(("language", "forms"), LINES, ids=[f"{code}-{line.split()[0]}" for code, line in LINES])
def test_forms_of_a_word_are_one_term(language, forms):
    assert len(set(terms_of(forms, language))) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "housing health"),
        ("sv", "bostad arbete utbildning flykting"),
        ("de", "Schicht Gesetz Geschäft Sprache Gespräch Gemeinde Gesundheit"),
        ("it", "città cittadino rifugio lavoro"),
        ("tr", "okul kitap öğrenci eğitim sağlık"),
        ("fi", "oikeus koulu kieli työ"),
        ("nb", "bolig arbeid utdanning flyktning"),
        ("da", "bolig arbejde uddannelse flygtning"),
        ("el", "πρόσφυγας εκπαίδευση εργασία υγεία"),
        ("ar", "كتاب مدرسة مهاجر لاجئ تعليم صحة"),
        ("uk", "школа освіта робота мова житло книга"),
        ("fr", "réfugié école logement métier santé"),
    ],
)
def test_different_words_stay_different_terms(language, words):
    terms = terms_of(words, language)
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    ("language", "typed", "plain"),
    [
        ("sv", "Försäkring tillträde allmänna", "forsakring tilltrade allmanna"),
        ("de", "Größe Straße Häuser verfügbarer", "grosse strasse hauser verfugbarer"),
        ("it", "umanità priorità è", "umanita priorita e"),
        ("tr", "ISINMA İŞ olmasına ışık gücü", "isinma is olmasina isik gucu"),
        ("fi", "älköön pyöräilijöitä", "alkoon pyorailijoita"),
        ("nb", "erklæring nødvendig språk", "erklaering nodvendig sprak"),
        ("da", "vanærende grønt får", "vanaerende gront far"),
        ("el", "Εκπαίδευσης ΆΝΘΡΩΠΟΣ", "εκπαιδευσης ανθρωπος"),
        ("ar", "إعلان الشؤون مسؤولية حرّية", "اعلان الشوون مسوولية حرية"),
        ("uk", "П’ять сім'ї пам`ять обʼєднання", "пять сімї память обєднання"),
        ("fr", "êtres privées nationalité préparée ÉCOLE", "etres privees nationalite preparee ecole"),
    ],
)
def test_a_word_and_its_accentless_spelling_are_one_term(language, typed, plain):
    assert terms_of(typed, language) == terms_of(plain, language)


def test_turkish_capitals_with_and_without_a_dot_are_different_letters_of_one_term():
    assert terms_of("IŞIK İSTANBUL", "tr") == terms_of("ışık istanbul", "tr")
    assert terms_of("ISTANBUL", "en") == terms_of("istanbul", "en")


@pytest.mark.parametrize(
    ("language", "source", "word", "marked"),
    [
        ("de", "Der Antrag wurde abgelehnt.", "ablehnen", ["abgelehnt"]),
        ("de", "Es ist nicht abzulehnen, dass gefördert wird.", "fördern ablehnt", ["abzulehnen", "gefördert"]),
        ("nb", "Vi trenger en ærlig erklæring", "ærlige", ["ærlig"]),
        ("fi", "Appelsiinit ovat vallankumous", "appelsiini vallankumouksen", ["Appelsiinit", "vallankumous"]),
        ("uk", "Щоночі п'ять сімей", "пʼять сім'я", ["п'ять", "сімей"]),
        ("uk", "Минулої ночі", "ніч", ["ночі"]),
        ("tr", "KİTABI okudum", "kitaplar", ["KİTABI"]),
        ("ar", "في المدارس", "مدرسة", ["المدارس"]),
    ],
)
def test_highlights_mark_forms_that_look_different(language, source, word, marked):
    spans = matching_spans(source, set(terms_of(word, language)), language)
    assert [source[start:end] for start, end, _ in spans] == marked


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("school", "school", 0),
        ("school", "shool", 1),
        ("school", "schooll", 1),
        ("school", "schoul", 1),
        ("school", "shcool", 1),
        ("school", "cshoo", 2),
        ("school", "house", None),
        ("", "ab", 2),
    ],
)
def test_edits_are_counted(one, other, edits):
    assert edits_between(one, other, 2) == edits_between(other, one, 2) == edits


def test_everything_one_edit_away_is_one_edit_away():
    found = one_edit_away("word", "en")
    assert {"wrod", "ward", "wrd", "words"} <= found
    assert {edits_between("word", other, 1) for other in found} == {1}


@pytest.fixture
def known_words(db):
    def know(*words, language="en"):
        for word in words:
            Word.of(word, terms_of(word, language)[0], language).save()

    return know


def near(word, language="en"):
    return [other.word for other in near_words([word], [language])[language].get(word, [])]


@pytest.mark.parametrize("word", ["home", "school", "mentors", "language", "education", "entrepreneurship"])
def test_any_one_mistake_leads_to_the_word(known_words, word):
    known_words(word, "unrelated", "different")
    assert [typo for typo in sorted(one_edit_away(word, "en")) if near(typo) != [word]] == []


def test_two_mistakes_are_forgiven_in_long_words_only(known_words):
    known_words("entrepreneurship", "school")
    assert near("entreprenurshop") == ["entrepreneurship"]
    assert near("shcoll") == []


def test_the_nearest_words_are_taken_and_no_more_than_a_few(known_words):
    known_words("education", "educations", "éducation")
    assert near("education") == ["education", "éducation"]
    known_words(*(f"langu{letter}ge" for letter in "abcdefghijklm"))
    assert len(near("languzge")) == MAX_NEAR_WORDS


def test_known_words_ask_nothing(known_words, django_assert_num_queries):
    known_words("mentor")
    with django_assert_num_queries(0):
        assert near_terms("Mentor mentors", "sv", ["sv", "en"], {("en", "mentor"): 3}) == {}


def test_an_unknown_word_brings_in_near_words_of_the_readers_language(known_words, django_assert_num_queries):
    known_words("mentor", "school")
    known_words("mentor", language="sv")
    with django_assert_num_queries(1):
        near = near_terms("metnor school", "en", ["sv", "en"], {("en", "school"): 3})
    assert near == {"en": {terms_of("metnor", "en")[0]: {"mentor": 0.6}}}


def test_near_words_of_other_languages_are_looked_for_last(known_words, django_assert_num_queries):
    known_words("mentor")
    with django_assert_num_queries(2):
        near = near_terms("metnor", "sv", ["sv", "en", "de"], {})
    assert near == {"en": {terms_of("metnor", "en")[0]: {"mentor": 0.6}}}


def test_numbers_short_words_and_empty_queries_are_left_alone(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert near_terms("2024 ab x1234", "en", ["en"], {}) == {}
        assert near_terms("", "en", ["en"], {}) == {}


def test_an_endless_query_asks_as_little_as_a_short_one(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        near_terms(" ".join(f"unknown{letter * 3}" for letter in "abcdefghij") + "z" * 5_000, "en", ["en"], {})


def test_a_misspelt_query_is_answered_in_correct_spelling(add_entry):
    add_entry("L’éducation", language="fr")
    assert run_search(SearchQuery(text="educatoin", language="fr")).did_you_mean == "éducation"


def test_words_that_no_text_has_any_more_can_be_forgotten(add_entry, capsys):
    entry = add_entry("Mentoring", "at schools", work=uuid.uuid4())
    add_entry("Schools", language="en")
    entry.withdrawn_at = entry.changed_at
    entry.save()
    entry_was_changed(entry)
    call_command("forget_unused_words")
    assert "1 words deleted" in capsys.readouterr().out
    assert list(Word.objects.values_list("word", flat=True)) == ["schools"]
