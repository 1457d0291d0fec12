"""What each process remembers of the index until that changes: which documents have a word that is often asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Any


class Memory:
    """Answers of the index, the least used of which are forgotten when there are more than `room` documents in them."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.forget()
        self.lock = Lock()

    def forget(self, state: int | None = None) -> None:
        """Begin anew with what is true in a `state` of the index."""
        self.state = state
        self.kept: OrderedDict[Hashable, Sized] = OrderedDict()
        self.size = 0

    def get(self, question: Hashable, state: int) -> Any | None:
        """What was kept in this state of the index, to be read only; None if nothing was."""
        with self.lock:
            if state != self.state or question not in self.kept:
                return None
            self.kept.move_to_end(question)
            return self.kept[question]

    def keep(self, question: Hashable, answer: Sized, state: int) -> None:
        """Of two states the later one is kept: whoever still reads an older one reads it anew."""
        with self.lock:
            if self.state is None or state > self.state:
                self.forget(state)
            if state < self.state or question in self.kept or len(answer) > self.room // 4:
                return
            self.kept[question] = answer
            self.size += len(answer) + 1
            while self.size > self.room:
                _question, forgotten = self.kept.popitem(last=False)
                self.size -= len(forgotten) + 1


def remembered(
    memory: Memory, questions: list[Hashable], state: int | None, ask: Callable[[list[int]], list[Any]]
) -> list[Any]:
    """The answers to `questions`. `ask` is called once with the places of those that are not known.

    Without a `state` nothing is remembered.
    """
    if state is None:
        return ask(list(range(len(questions))))
    answers = [memory.get(question, state) for question in questions]
    unknown = [place for place, answer in enumerate(answers) if answer is None]
    for place, answer in zip(unknown, ask(unknown) if unknown else (), strict=True):
        answers[place] = answer
        memory.keep(questions[place], answer, state)
    return answers
