from .contributions import Contribution
from .organizations import Organization, OrganizationName
from .people import Person, PersonText

__all__ = ["Contribution", "Organization", "OrganizationName", "Person", "PersonText"]
