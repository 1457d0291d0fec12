"""How gunicorn starts its workers: they share what was loaded before them, which halves what each one takes."""

import ctypes
import gc

preload_app = True
M_ARENA_MAX = -8


def pre_fork(server: object, worker: object) -> None:
    """What is loaded stays as it is: the collector would otherwise write to it, and so copy it, in every worker."""
    gc.collect()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """The threads of a worker take memory from one store, where glibc would give each a store with reserves of its own.

    They seldom ask at the same time, because Python runs one of them at a time. Other C libraries do without this.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 1)
