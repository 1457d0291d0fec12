from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .models import LOG_ACTION


@hooks.register("register_log_actions")
def register_import_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, _("Import"), _("Imported as finished work"))
