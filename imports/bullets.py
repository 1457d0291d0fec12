"""Lines that begin with a bullet, as texts copied from word processors have them, as lists."""

import re
from itertools import groupby

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
BULLET = re.compile(r"[•‣▪◦●]\s*")


def with_lists(html: str) -> str:
    """Rich text: each run of such lines becomes a list, the lines around it stay paragraphs."""
    return PARAGRAPH.sub(lambda match: listed(match[1]) if BULLET.search(match[1]) else match[0], html)


def listed(text: str) -> str:
    lines = [line.strip() for line in re.split(r"(?:<br/>)+", text)]
    if not any(BULLET.match(line) for line in lines):
        return f"<p>{text}</p>"
    parts = []
    for is_item, run in groupby(lines, key=lambda line: bool(BULLET.match(line))):
        if is_item:
            parts.append("<ul>" + "".join(f"<li>{BULLET.sub('', line, count=1)}</li>" for line in run) + "</ul>")
        else:
            parts.append(f"<p>{'<br/>'.join(run)}</p>")
    return "".join(parts)
