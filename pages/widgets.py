"""Checkboxes that a person can find their way in, also when there are two thousand."""

from django import forms


class FilterableCheckboxes(forms.CheckboxSelectMultiple):
    """A scrolling list of checkboxes; with JavaScript, a field above it filters by what is typed."""

    template_name = "pages/widgets/filterable_checkboxes.html"

    class Media:
        css = {"all": ["admin/filterable-checkboxes.css"]}
        js = ["admin/filterable-checkboxes.js"]
