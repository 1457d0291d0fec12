from .contributions import Contribution
from .organizations import Organization, OrganizationName
from .participations import Participation
from .people import Person, PersonText

__all__ = ["Contribution", "Organization", "OrganizationName", "Participation", "Person", "PersonText"]
