"""The ge of participles and the zu of infinitives stand inside a word: abgelehnt, abzulehnen, ablehnen."""

import re

SEPARABLE = """
    ab an auf aus bei dar durch ein fest fort frei her herunter hin hinzu hoch los mit nach um uber unter vor weg
    weiter wieder zu zuruck zusammen
"""
PREFIXES = SEPARABLE.split()
PARTICIPLE = re.compile(rf"^({'|'.join(PREFIXES)}|)ge(?=.{{3,}}(?:t|te|te[nrsm]|en|ene|ene[nrsm])$)")
INFINITIVE = re.compile(rf"^({'|'.join(prefix for prefix in PREFIXES if prefix != 'zu')})zu(?=.{{3,}}n$)")


def without_participle_prefix(word: str) -> str:
    return INFINITIVE.sub(r"\1", PARTICIPLE.sub(r"\1", word))


def beginnings(term: str) -> set[str]:
    """Beginnings that only such forms have."""
    prefixes = [prefix for prefix in PREFIXES if term.startswith(prefix)]
    return {f"ge{term[0]}"} | {prefix + infix for prefix in prefixes for infix in ("ge", "zu")}
