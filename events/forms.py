"""The public form, and that of the settings."""

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from .countries import country_choices
from .desks import RegistrationDesk
from .registering import Application

TOO_LONG = _("Please shorten this to %(limit_value)d characters; there are %(show_value)d.")
TRAP = "homepage"


def line(label: str, *, required: bool = False, missing: str = "", autocomplete: str = "") -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=required,
        max_length=200,
        error_messages={"required": missing, "null_characters_not_allowed": _("Please remove the control character.")},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )
    return field


class RegistrationForm(forms.Form):
    """`TRAP` is a field that people do not see; what fills it in is no person."""

    name = line(_("Name"), required=True, missing=_("Please give your name."), autocomplete="name")
    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("You get a link there to confirm your registration."),
        error_messages={
            "required": _("Please give your mail address."),
            "invalid": _("Please check the mail address. It should look like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organization = line(_("Organization"), autocomplete="organization")
    role = line(_("Your role there"), autocomplete="organization-title")
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        error_messages={"invalid_choice": _("Please choose a country from the list.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    access_needs = forms.CharField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=1000,
        help_text=_("For example step-free access, sign language, a meal without meat. Only the organizers read this."),
        error_messages={"null_characters_not_allowed": _("Please remove the control character.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consent = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Without your consent we may not keep your registration.")}
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", ""), *country_choices()]
        for name, field in self.fields.items():
            for validator in field.validators:
                if validator.code == "max_length":
                    validator.message = TOO_LONG
            field.widget.attrs["aria-describedby"] = f"{name}-notes"
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_organization(self) -> str:
        return one_line(self.cleaned_data["organization"])

    def clean_role(self) -> str:
        return one_line(self.cleaned_data["role"])

    def application(self, *, language: str, consent_text: str) -> Application:
        names = ("name", "email", "organization", "role", "country", "access_needs")
        values = {name: self.cleaned_data[name] for name in names}
        return Application(**values, language=language, consent_text=consent_text)


def one_line(text: str) -> str:
    """Raises ValidationError for characters that are neither letters nor signs nor blanks."""
    text = " ".join(text.split())
    if not text.isprintable() and any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise forms.ValidationError(_text("Please remove the control character."))
    return text


class DeskForm(forms.ModelForm):
    class Meta:
        model = RegistrationDesk
        fields = (
            "is_open", "capacity", "approval", "waiting_list", "opens_at", "closes_at", "organizer_email",
            "consent_text", "retention_days",
        )  # fmt: skip
        widgets = {
            "approval": forms.RadioSelect,
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput,
            "consent_text": forms.Textarea(attrs={"rows": 3}),
        }
