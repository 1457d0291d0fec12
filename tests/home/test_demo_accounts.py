import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.permissions import Action, Subject, may
from home.demo.accounts import ACCOUNTS, passwords_path

pytestmark = pytest.mark.django_db
NAMES = [account.name for account in ACCOUNTS]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def run(name, *args):
    out, err = StringIO(), StringIO()
    call_command(name, *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def stored():
    return json.loads(passwords_path().read_text())


def test_each_account_can_sign_in_with_the_password_that_is_shown():
    run("create_demo_accounts")
    lines = [line.split("\t") for line in run("show_demo_accounts")[0].splitlines()]
    assert [name for _, name, _ in lines] == NAMES
    assert lines[0][0] == "editor"
    assert lines[1][0] == "reviewer"
    for _, name, password in lines:
        assert User.objects.get(username=name).check_password(password)


def test_each_account_may_do_what_its_role_says():
    run("create_demo_accounts")
    users = {user.username: user for user in User.objects.all()}
    assert may(users["editor"], Action.PUBLISH, Subject.ORIGINAL, "ar")
    assert may(users["translator"], Action.WRITE, Subject.TRANSLATION, "sv")
    assert not may(users["translator"], Action.WRITE, Subject.TRANSLATION, "de")
    assert may(users["reviewer"], Action.REVIEW, Subject.TRANSLATION, "sv")
    assert may(users["coordinator"], Action.COORDINATE, Subject.TRANSLATION, "fi")
    assert [name for name, user in users.items() if user.is_superuser] == ["administrator"]
    assert all(user.email == f"{name}@example.org" for name, user in users.items())
    assert all(user.first_name and user.last_name for user in users.values())


def test_only_the_owner_may_read_the_file():
    run("create_demo_accounts")
    assert stat.S_IMODE(passwords_path().stat().st_mode) == 0o600
    passwords_path().chmod(0o644)
    run("create_demo_accounts", "--reset")
    assert stat.S_IMODE(passwords_path().stat().st_mode) == 0o600


def test_passwords_are_made_anew_each_time_and_all_differ():
    run("create_demo_accounts")
    first = stored()
    run("create_demo_accounts", "--reset")
    second = stored()
    assert len({*first.values(), *second.values()}) == 2 * len(NAMES)
    assert all(len(password) >= 16 for password in second.values())
    assert User.objects.get(username="editor").check_password(second["editor"])


def test_existing_accounts_keep_their_passwords():
    run("create_demo_accounts")
    first = stored()
    User.objects.get(username="reviewer").delete()
    run("create_demo_accounts")
    assert {name for name in NAMES if stored()[name] != first[name]} == {"reviewer"}
    assert User.objects.get(username="editor").check_password(first["editor"])


def test_a_lost_file_is_answered_with_what_to_do():
    run("create_demo_accounts")
    passwords_path().unlink()
    for command in ("show_demo_accounts", "create_demo_accounts"):
        with pytest.raises(CommandError, match="create_demo_accounts --reset"):
            run(command)
    run("create_demo_accounts", "--reset")
    assert len(run("show_demo_accounts")[0].splitlines()) == len(NAMES)


def test_without_accounts_the_list_says_how_to_make_them():
    with pytest.raises(CommandError, match="create_demo_accounts"):
        run("show_demo_accounts")


def test_a_password_that_was_changed_since_is_not_shown():
    run("create_demo_accounts")
    user = User.objects.get(username="editor")
    user.set_password("chosen by the editor")
    user.save()
    shown, complaint = run("show_demo_accounts")
    assert len(shown.splitlines()) == len(NAMES) - 1
    assert "editor" in complaint


def test_somebody_elses_account_is_never_touched():
    stranger = User.objects.create_user("editor", "editor@some-town.example", "their own password")
    with pytest.raises(CommandError, match="not a demonstration account"):
        run("create_demo_accounts", "--reset")
    stranger.refresh_from_db()
    assert stranger.check_password("their own password")
    assert User.objects.count() == 1
    assert not passwords_path().exists()


def test_a_public_installation_is_refused_unless_forced(settings):
    settings.SETTINGS_MODULE = "oer_platform.settings.production"
    with pytest.raises(CommandError, match="--force"):
        run("create_demo_accounts")
    assert not User.objects.exists()
    run("create_demo_accounts", "--force")
    assert User.objects.count() == len(NAMES)
