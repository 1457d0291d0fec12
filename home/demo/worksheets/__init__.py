"""Files to print and to fill in, made when the demonstration is loaded, from short texts in the repository."""

from .making import can_be_made, make_worksheet

__all__ = ["can_be_made", "make_worksheet"]
