"""Addresses as other systems read them: absolute, or none."""

from django.conf import settings

from ..record import Agent


def absolute(path: str) -> str:
    """An address on this site with its host; others, and nothing, as they are."""
    return settings.WAGTAILADMIN_BASE_URL + path if path.startswith("/") else path


def is_uri(address: str) -> bool:
    return address.startswith(("https://", "http://")) and " " not in address


def address_of_agent(agent: Agent) -> str:
    """ORCID or ROR, else the page here, else the own website; always an address, since some systems drop all else."""
    candidates = (agent.identifier, absolute(agent.path), agent.url)
    return next((address for address in candidates if is_uri(address)), "")


def work_urn(work: object) -> str:
    return f"urn:uuid:{work}"


def without_empty(values: dict) -> dict:
    """Nothing is said of what is not known."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}
