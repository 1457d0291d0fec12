from io import BytesIO

import pytest
from PIL import Image

from home.demo.pictures import MOTIFS, draw


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_picture_is_wide_small_and_the_same_each_time(motif):
    content = draw(motif, 5)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 900))
    assert len(content) < 250_000
    assert draw(motif, 5) == content


@pytest.mark.parametrize("seed", range(12))
def test_any_seed_draws_a_map_and_a_network(seed):
    assert draw("map", seed) != draw("map", seed + 1)
    assert draw("network", seed) != draw("network", seed + 1)


def test_an_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        draw("sunset", 1)
