"""Amounts of money, and the currencies (ISO 4217) of the countries that programmes here fund."""

from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


class Currency(models.TextChoices):
    EUR = "EUR", _("Euro (EUR)")
    SEK = "SEK", _("Swedish krona (SEK)")
    NOK = "NOK", _("Norwegian krone (NOK)")
    DKK = "DKK", _("Danish krone (DKK)")
    GBP = "GBP", _("Pound sterling (GBP)")
    CHF = "CHF", _("Swiss franc (CHF)")
    PLN = "PLN", _("Polish zloty (PLN)")
    TRY = "TRY", _("Turkish lira (TRY)")
    UAH = "UAH", _("Ukrainian hryvnia (UAH)")
    USD = "USD", _("US dollar (USD)")


def money(amount: Decimal | None, currency: str) -> str:
    """An amount as the active language writes it, whole where it is whole, with the code of the currency."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)}\u00a0{currency}"
