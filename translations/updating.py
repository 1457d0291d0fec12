"""Takes over what changed in the original since it was translated. Publishes nothing."""

from django.db import transaction
from wagtail.models import Locale, Page

from accounts.models import User

from .publishing import edition_of
from .refreshing import refresh_source
from .starting import start_translation


@transaction.atomic
def update_from_source(work: Page, *, into: Locale, by: User) -> None:
    """Read the strings of the published original anew, and start the parts that have been added.

    What readers see stays as it is: a page is written again when it is published. A text that changed waits to be
    translated; the other languages' translations of this work wait for it as well.
    """
    for translation in edition_of(work, into).translations:
        refresh_source(translation.source, by=by)
    start_translation(work, into=into, by=by)
