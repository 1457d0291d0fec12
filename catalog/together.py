"""Answers that stay as they are while many pages are described together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_answers: ContextVar[dict | None] = ContextVar("_answers", default=None)


@contextmanager
def described_together() -> Iterator[None]:
    """What functions marked with `once` answer in this block is kept until its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Asks once for all pages of a batch; outside of one, every time.

    For what is read of the site as it is when the batch begins, like the pages themselves. What the catalog says may
    change while the batch is worked off, so it is never asked like this.
    """

    @wraps(function)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = function(*args, **kwargs)
        return answers[key]

    return asked
