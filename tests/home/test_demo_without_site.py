import pytest
from django.core.management import CommandError, call_command

from network.models import Organization


@pytest.mark.django_db
def test_a_site_that_is_not_set_up_is_told_how():
    with pytest.raises(CommandError, match="setup_site"):
        call_command("load_demo")
    assert not Organization.objects.exists()
