"""Upload forms: what an uploaded file really is, checked before anything is stored."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .uploads import check_file, check_picture, safe_name


class CheckedUpload:
    """Mixin of a file field that gives the upload a safe name and checks it before Wagtail opens it.

    The name is changed on the upload itself, because the multiple upload stores that object when only other fields of
    the form have errors.
    """

    check: Callable[[UploadedFile], None]

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        if data not in self.empty_values:
            data.name = safe_name(data.name)
            self.check(data)
        return super().to_python(data)


class PictureField(CheckedUpload, WagtailImageField):
    check = staticmethod(check_picture)


class DownloadField(CheckedUpload, WagtailDocumentField):
    check = staticmethod(check_file)


def replace_file_field(form: forms.Form, field_class: type[forms.FileField]) -> None:
    """Wagtail makes the field itself, and the form that follows a multiple upload has none."""
    if field := form.fields.get("file"):
        form.fields["file"] = field_class(
            label=field.label, required=field.required, widget=field.widget, max_length=field.max_length
        )


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replace_file_field(self, PictureField)


class FileForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replace_file_field(self, DownloadField)

    def add_error(self, field: str | None, error: ValidationError | str) -> None:
        """Leaves out what the model says about the file when the field has said it, or when the form has no such field.

        The model finds that the name of no file has no allowed extension: after a refusal, and when the form that
        completes a waiting multiple upload is validated before its file, checked long ago, is attached.
        """
        if "file" not in self.fields or "file" in self.errors:
            getattr(error, "error_dict", {}).pop("file", None)
        super().add_error(field, error)
