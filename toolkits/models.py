from .parts import ModulePage, PartPage, UnitPage
from .toolkit import ToolkitPage

__all__ = ["ModulePage", "PartPage", "ToolkitPage", "UnitPage"]
