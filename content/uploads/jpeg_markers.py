"""The structure of a JPEG file, read without decoding it."""

import re
from collections.abc import Iterator

START_OF_IMAGE = b"\xff\xd8"
START_OF_SCAN, END_OF_IMAGE, STANDALONE = 0xDA, 0xD9, 0x01
# Within the compressed pixels, 00 after FF is an escape and D0 to D7 are restarts.
MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")

# A progressive file has about ten. Each scan walks over all pixels, so thousands keep the decoder busy for minutes.
MAX_SCANS = 100
MAX_MARKERS = 2000


def is_scan_bomb(data: bytes) -> bool:
    scans = 0
    for number, code in enumerate(markers(data)):
        scans += code == START_OF_SCAN
        if scans > MAX_SCANS or number > MAX_MARKERS:
            return True
    return False


def markers(data: bytes) -> Iterator[int]:
    """The codes up to the end of the image: phones append whole videos behind it."""
    position = len(START_OF_IMAGE)
    while match := MARKER.search(data, position):
        code, position = match[1][0], match.end()
        if code == END_OF_IMAGE:
            return
        yield code
        if code != STANDALONE:
            position += max(2, int.from_bytes(data[position : position + 2]))
