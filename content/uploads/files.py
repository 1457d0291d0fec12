"""Files that readers take along: their name and their content must agree."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS
from .names import extension_of
from .sizes import check_size
from .sniffing import sniffed_type


def check_file(uploaded: File) -> None:
    """Raises `ValidationError` unless it is of an accepted kind by name and by content; leaves the file rewound."""
    check_size(uploaded)
    extension = extension_of(uploaded.name)
    if extension not in KINDS or extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Files of this kind are not accepted. Save the file in one of these formats: %(formats)s."),
            code="invalid_extension",
            params={"formats": ", ".join(sorted(set(settings.WAGTAILDOCS_EXTENSIONS) & set(KINDS)))},
        )
    try:
        check_content(uploaded, extension)
    finally:
        uploaded.seek(0)


def check_content(uploaded: File, extension: str) -> None:
    kind = KINDS[extension]
    sniffed = sniffed_type(uploaded) if kind.sniffed else ""
    if not kind.fits(uploaded) or (sniffed and not sniffed.startswith(kind.sniffed)):
        raise ValidationError(
            _(
                "The name of this file ends in .%(extension)s, but it is not a valid file of that kind. "
                "Open it in the program that made it, save it as .%(extension)s and choose it again."
            ),
            code="content_mismatch",
            params={"extension": extension},
        )
