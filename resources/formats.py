"""How people learn with something: shared by toolkits and the lists that filter them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    SELF_STUDY = "self_study", _("Self-study")
    PEER = "peer", _("Peer learning")
    FACILITATED = "facilitated", _("With a facilitator")
    BLENDED = "blended", _("Blended")
