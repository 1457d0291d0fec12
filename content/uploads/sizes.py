"""How large an upload may be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


def check_size(uploaded: File) -> None:
    if not uploaded.size:
        raise ValidationError(
            _("This file is empty. Check that it opens on your computer, then choose it again."), code="empty"
        )
    limit = settings.OER_MAX_UPLOAD_MEGABYTES * 1024 * 1024
    if uploaded.size > limit:
        raise ValidationError(
            _("This file is too big (%(size)s). Make it smaller than %(limit)s, or split it, then choose it again."),
            code="file_too_large",
            params={"size": filesizeformat(uploaded.size), "limit": filesizeformat(limit)},
        )
