"""Text that comes in many parts of equal standing, such as slides: one that is damaged does not spoil the others."""

from collections.abc import Callable, Iterable, Iterator

from search.extraction.records import Limits, Outcome, Refusal


def texts_of(
    parts: Iterable[str], read_part: Callable[[str], Iterator[str]], what: str, limits: Limits, notes: list[str]
) -> Iterator[str]:
    """Each part once, a line feed after each. `what` names them in the plural, for the notes."""
    names = list(dict.fromkeys(parts))
    if len(names) > limits.pages:
        notes.append(f"read {limits.pages} of {len(names)} {what}")
        names = names[: limits.pages]
    damage: list[str] = []
    for name in names:
        try:
            yield from read_part(name)
        except Refusal as refusal:
            if refusal.outcome is not Outcome.BROKEN:
                raise
            damage.append(refusal.detail)
        yield "\n"
    if damage and len(damage) == len(names):
        raise Refusal(Outcome.BROKEN, f"none of {len(names)} {what} can be read: {damage[0]}")
    if damage:
        notes.append(f"{len(damage)} of {len(names)} {what} cannot be read")
