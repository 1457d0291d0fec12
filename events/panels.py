"""What the edit form of an event says about its registrations."""

from wagtail.admin.panels import Panel

from .desks import RegistrationDesk


class RegistrationPanel(Panel):
    """Leads to where registration is opened and registrations are handled: that is the same for all languages."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/registration_panel.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            work = self.instance.translation_key if self.instance.pk else None
            desk = RegistrationDesk.objects.filter(work=work).first() if work else None
            return {**super().get_context_data(parent_context), "desk": desk}
