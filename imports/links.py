"""Relations to other works, which may come in later: each is kept with its edition until it is made."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`name` says which relation; `target` is the import id of the other work, or the last part of its address.

    `detail` is the code of an output, or the role of a partner.
    """

    name: str
    target: str
    detail: str = ""

    def stored(self) -> list[str]:
        return list(astuple(self))


PROJECT, RELATED, PREDECESSOR, PREVIOUS_EVENT = "project", "related", "predecessor", "previous_event"
# These change the page of the other work.
SUCCESSOR, OUTPUT, PARTNER = "successor", "output", "partner"
KIND_OF_TARGET = {PROJECT: "project", PREDECESSOR: "project", SUCCESSOR: "project", PARTNER: "project",
                  PREVIOUS_EVENT: "event"}  # fmt: skip
