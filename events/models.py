from .desks import Approval, RegistrationDesk
from .pages import EventPage, Mode, Status
from .registrations import AttemptCount, Registration, RegistrationMail, State

__all__ = [
    "Approval",
    "AttemptCount",
    "EventPage",
    "Mode",
    "Registration",
    "RegistrationDesk",
    "RegistrationMail",
    "State",
    "Status",
]
