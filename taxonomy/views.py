"""Merging two concepts, in the admin: first choose, then see what it changes, then do it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where

from .merging import affected_by, merge_concepts
from .models import Concept

LOG_ACTION = "taxonomy.merge"
NAMESPACE = "wagtailsnippets_taxonomy_concept"


class ConceptChoice(forms.ModelChoiceField):
    def label_from_instance(self, concept: Concept) -> str:
        return f"{concept.label()} ({concept.code})"


class MergeForm(forms.Form):
    kept = ConceptChoice(
        queryset=Concept.objects.none(),
        label=gettext_lazy("Concept to keep"),
        help_text=gettext_lazy("Of the same vocabulary. The names of the other become other names of this one."),
    )

    def __init__(self, *args: object, old: Concept, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        others = Concept.objects.in_scheme(old.scheme).exclude(pk=old.pk)
        self.fields["kept"].queryset = others.with_labels()


def may_merge(user: User) -> bool:
    """A concept is shared by all languages, as its deletion is: any coordinator, and administrators."""
    return languages_where(user, Action.COORDINATE, Subject.ORIGINAL) != set()


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_merge(request.user):
        raise PermissionDenied
    old = get_object_or_404(Concept.objects.with_labels(), pk=pk)
    form = MergeForm(request.POST or None, old=old)
    context = {"old": old, "form": form, "back": reverse(f"{NAMESPACE}:edit", args=[old.pk])}
    if request.method != "POST" or not form.is_valid():
        return render(request, "taxonomy/merge.html", context)
    kept = form.cleaned_data["kept"]
    if "confirmed" not in request.POST:
        return render(request, "taxonomy/merge.html", {**context, "kept": kept, "affected": affected_by(old)})
    names = {"old": old.label(), "kept": kept.label()}
    try:
        merge_concepts(old, kept)
    except Concept.DoesNotExist:
        raise Http404 from None
    log(instance=kept, action=LOG_ACTION, user=request.user, data={"merged": names["old"], "code": old.code})
    messages.success(request, _("“%(old)s” is now part of “%(kept)s”.") % names)
    return redirect(f"{NAMESPACE}:edit", kept.pk)
