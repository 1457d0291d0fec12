"""Merging two records of one organization, in the admin."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.snippets.widgets import AdminSnippetChooser

from accounts.models import User

from .merging import foreign_keys, merge_organizations
from .models import Organization

LONGEST_ID = 19


class MergeForm(forms.Form):
    kept = forms.ModelChoiceField(
        Organization.objects.all(),
        label=gettext_lazy("The record that stays"),
        help_text=gettext_lazy("Everything that names the other one will name it."),
    )

    def __init__(self, *args: object, gone: Organization, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.gone = gone
        self.fields["kept"].widget = AdminSnippetChooser(Organization)

    def clean_kept(self) -> Organization:
        kept = self.cleaned_data["kept"]
        if kept.pk == self.gone.pk:
            raise forms.ValidationError(_("Choose the other record: this is the one that goes."))
        return kept


def may_merge(user: User) -> bool:
    return user.has_perms(["network.change_organization", "network.delete_organization"])


def known_id(text: str) -> str:
    """The id of an organization as it was chosen; empty for what the chooser could not show again."""
    is_number = text.isascii() and text.isdigit() and len(text) < LONGEST_ID
    return text if is_number and Organization.objects.filter(pk=int(text)).exists() else ""


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_merge(request.user):
        raise PermissionDenied
    gone = get_object_or_404(Organization, pk=pk)
    form = MergeForm({"kept": known_id(request.POST.get("kept", ""))} if request.method == "POST" else None, gone=gone)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["kept"]
        merge_organizations(kept=kept, gone=gone, by=request.user)
        messages.success(request, _("%(gone)s is now part of %(kept)s.") % {"gone": gone.name, "kept": kept.name})
        return redirect(reverse(kept.snippet_viewset.get_url_name("edit"), args=[kept.pk]))
    named = sum(key.model._base_manager.filter(**{key.attname: gone.pk}).count() for key in foreign_keys())
    context = {
        "form": form,
        "gone": gone,
        "named": named,
        "back": reverse(Organization.snippet_viewset.get_url_name("list")),
        "media": form.media,
    }
    return render(request, "network/merge.html", context)
