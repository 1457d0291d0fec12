"""Why a line does not go in."""


class Refused(Exception):
    """Raised with the reason, as a whole sentence for whoever prepared the file."""

    @property
    def reason(self) -> str:
        return str(self)
