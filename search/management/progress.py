from collections.abc import Iterable

from tqdm import tqdm


def progress_bar(entry_ids: list[int]) -> Iterable[int]:
    """The same ids; on a terminal with a bar that shows how many are done."""
    return tqdm(entry_ids, unit="entry", disable=None)
