"""How gunicorn starts its workers: they share what was loaded before them, which halves what each one takes."""

import gc

preload_app = True


def pre_fork(server: object, worker: object) -> None:
    """What is loaded stays as it is: the collector would otherwise write to it, and so copy it, in every worker."""
    gc.collect()
    gc.freeze()
