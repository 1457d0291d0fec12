"""What an editor is reminded of when a page is published; nothing of it is required."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .shared import ResourcePage


def missing_from(page: "ResourcePage") -> list[str]:
    """Labels of the fields that readers and other catalogues miss most, as far as they are empty."""
    checks = [
        (_("Summary"), bool(page.summary.strip())),
        (_("Authors and contributors, or a publisher"), names_somebody(page)),
        (_("Licence"), page.license_id is not None),
        (_("Topics"), bool(page.topics.all())),
        (_("Alternative text of the picture"), page.image_id is None or bool(page.image_alt.strip())),
        *page.recommended(),
    ]
    return [label for label, is_there in checks if not is_there]


def names_somebody(page: "ResourcePage") -> bool:
    return page.publisher_id is not None or bool(page.contributions.all())
