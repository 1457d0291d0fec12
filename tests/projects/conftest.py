"""A small site with three languages."""

from ..catalog.conftest import name_database_of_atomic_blocks, site  # noqa: F401
