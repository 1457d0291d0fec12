"""Descriptions of an entry for other systems, made from its record: one module for each format.

`SERIALIZERS` names them; a new format is a new module and a line here.
"""

from collections.abc import Callable

from ..models import CatalogEntry
from .amb import amb
from .json_ld import json_ld

SERIALIZERS: dict[str, Callable[[CatalogEntry], dict]] = {"amb": amb, "json-ld": json_ld}
