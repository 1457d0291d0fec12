"""Pictures that readers see outside of entries. Apps register who shows them; nothing here knows them."""

from collections.abc import Callable

from content.models import Picture

Shows = Callable[[Picture], bool]

_showing: list[Shows] = []


def register_showing(shows: Shows) -> Shows:
    """`shows` says whether something public, other than an entry, shows a picture at this moment."""
    _showing.append(shows)
    return shows


def is_shown_elsewhere(picture: Picture) -> bool:
    return any(shows(picture) for shows in _showing)
