"""Identifiers that others gave: ROR and PIC of organizations, ORCID of people, with their check digits."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ROR_ADDRESS = "https://ror.org/"
ORCID_ADDRESS = "https://orcid.org/"
ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
PIC = re.compile(r"[0-9]{9}")
# Crockford's: without i, l, o and u.
BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def bare_ror(text: str) -> str:
    """The nine characters, however it was written: with or without the address, in either case."""
    return _last_part(text).lower()


def bare_orcid(text: str) -> str:
    """Four groups of four, however it was written: with the address, without hyphens, with blanks."""
    digits = re.sub(r"[\s‐‑–-]", "", _last_part(text)).upper()
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _last_part(text: str) -> str:
    return text.strip().rstrip("/").rpartition("/")[2]


def check_ror(value: str) -> None:
    """The last two characters are a checksum of the others (ISO 7064 mod 97-10)."""
    if not ROR.fullmatch(value):
        raise ValidationError(_("A ROR identifier has nine characters, such as 02mhbdp94."))
    number = 0
    for character in value[:7]:
        number = number * 32 + BASE32.index(character)
    if 98 - number * 100 % 97 != int(value[7:]):
        raise ValidationError(_("This ROR identifier contains a typing error: its check digits do not fit."))


def check_orcid(value: str) -> None:
    """The last character is a checksum of the others (ISO 7064 mod 11-2)."""
    if not ORCID.fullmatch(value):
        raise ValidationError(_("An ORCID has sixteen characters, such as 0000-0002-1825-0097."))
    *digits, last = value.replace("-", "")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if last != ("X" if check == 10 else str(check)):
        raise ValidationError(_("This ORCID contains a typing error: its check digit does not fit."))


def check_pic(value: str) -> None:
    """The number of a participant in programmes of the European Union."""
    if not PIC.fullmatch(value):
        raise ValidationError(_("A PIC has nine digits, such as 999899935."))
