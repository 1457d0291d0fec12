"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"<[^>]*>|\w+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    kind: str  # same, added or removed
    text: str


def difference(before: str, after: str) -> list[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    pieces = []
    for step, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("removed", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("added", "".join(new[new_start:new_end])))
    return pieces
