"""A StreamField whose migrations do not spell out its blocks."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Stores blocks as JSON; to migrations it is a plain JSON field.

    Changing blocks then needs no migration. Data migrations work on the raw lists of
    {"type", "value", "id"}; Wagtail's own block-data migrations do not apply to it.
    """

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, _, kwargs = super().deconstruct()
        plain = {key: value for key, value in kwargs.items() if key in ("blank", "null", "verbose_name", "help_text")}
        return name, "django.db.models.JSONField", [], {**plain, "encoder": DjangoJSONEncoder, "default": list}

    def clone(self) -> models.JSONField:
        """What migrations copy: the plain field that `deconstruct` names."""
        _, _, args, kwargs = self.deconstruct()
        return models.JSONField(*args, **kwargs)
