"""A light stemmer for Turkish: endings of nouns and verbs follow each other, and go one after the other.

Snowball's takes off endings of nouns only, and needs the dots and cedillas that are often not typed. In folded
letters the vowels of an ending are two, a or e and i or u.
"""

from .endings import cut_repeatedly, ending

VOWELS = "aeiou"
MIN_STEM_LENGTH = 4
ENDING = ending(
    # plural, cases, possessives, "with", "like", "that of"
    "lar ler i u a e in un nin nun ni nu yi yu ya ye na ne da de ta te dan den tan ten nda nde ndan nden la le yla yle "
    "ca ce im um n miz muz imiz umuz niz nuz iniz unuz si su sin sun siniz sunuz ki "
    # nouns and adjectives made of nouns
    "lik luk lig lug ci cu li lu siz suz sal sel "
    # infinitives, tenses, voices, participles
    "mak mek ma me di du ti tu mis mus iyor uyor yor acak ecek acag eceg yacak yecek yacag yeceg ar er ir ur r il ul "
    "dir dur tir tur maz mez abil ebil yabil yebil an en yan yen dik duk tik tuk dig dug tig tug ip up yip yup sa se "
    "ken ince unca ak ek k ig ug ay ey y z m l t s"
)
HARDENED = str.maketrans("bdg", "ptk")


def stem(word: str) -> str:
    """The stem of a folded word; the consonant that softens before a vowel (kitap, kitabı) is always hard."""
    word = cut_repeatedly(ENDING, word, MIN_STEM_LENGTH, VOWELS)
    return word[:-1] + word[-1:].translate(HARDENED)
