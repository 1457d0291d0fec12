"""Says at start when what makes PDF files is missing."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.module_loading import import_string

from .exporter import exporters


@register
def check_exporters(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for path in settings.OER_EXPORTERS:
        try:
            import_string(path)
        except ImportError as error:
            messages.append(Error(f"OER_EXPORTERS: {path} cannot be loaded: {error}", id="exports.E001"))
    return messages or [
        Warning(
            f"Files of the format {exporter.name} cannot be made on this machine; readers are not offered any.",
            hint="For PDF: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            id="exports.W001",
        )
        for exporter in exporters().values()
        if not exporter.is_available()
    ]
