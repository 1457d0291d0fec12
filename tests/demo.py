"""The demonstration content."""

from django.core.management import call_command


def load_demo() -> None:
    call_command("setup_site", verbosity=0)
    call_command("load_demo", verbosity=0)
