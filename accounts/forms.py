"""The form of a team."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from .permissions import Action, Subject, may


class TeamForm(WagtailAdminModelForm):
    """Nobody gives rights away that they do not hold: a coordinator changes the teams of their own language only."""

    def clean(self) -> dict:
        cleaned = super().clean()
        before = self.instance.pk and type(self.instance).objects.get(pk=self.instance.pk).language
        for language in {before, cleaned.get("language", "")} - {None}:
            if self.for_user is None or not may(self.for_user, Action.COORDINATE, Subject.TRANSLATION, language):
                raise ValidationError(_("Only coordinators of its language may change this team."))
        return cleaned
