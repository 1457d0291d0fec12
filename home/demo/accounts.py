"""One account for each role, with passwords made on this machine and kept in the data folder."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import Role, Team, User

EVERY_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`team` is None for the administrator, who needs none."""

    name: str
    first_name: str
    last_name: str
    team: tuple[Role, str] | None

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"


ACCOUNTS = (
    DemoAccount("editor", "Elin", "Sandberg", (Role.EDITOR, EVERY_LANGUAGE)),
    DemoAccount("reviewer", "Ravi", "Lindqvist", (Role.REVIEWER, "sv")),
    DemoAccount("translator", "Tove", "Nyman", (Role.TRANSLATOR, "sv")),
    DemoAccount("coordinator", "Carla", "Moretti", (Role.COORDINATOR, EVERY_LANGUAGE)),
    DemoAccount("administrator", "Adnan", "Becker", None),
)


class NotADemoAccount(Exception):
    """A user name of the demonstration belongs to somebody else."""


class PasswordsUnknown(Exception):
    """Accounts exist whose passwords are not in the file."""


def passwords_path() -> Path:
    return Path(settings.DATA_DIR) / "demo-accounts.json"


def read_passwords() -> dict[str, str]:
    """Passwords by user name; empty where the file is missing."""
    path = passwords_path()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@transaction.atomic
def make_accounts(*, reset: bool = False) -> list[str]:
    """Make the missing accounts, with `reset` give all of them new passwords. Returns whose password is new.

    Raises PasswordsUnknown where an account exists and its password is not in the file,
    and NotADemoAccount where a user of that name has another e-mail address.
    """
    passwords, new = read_passwords(), []
    for account in ACCOUNTS:
        user = existing_user(account)
        if user and not reset:
            if account.name not in passwords:
                raise PasswordsUnknown(account.name)
            continue
        passwords[account.name] = secrets.token_urlsafe(12)
        save_user(account, user, passwords[account.name])
        new.append(account.name)
    if new:
        write_passwords(passwords)
    return new


def existing_user(account: DemoAccount) -> User | None:
    user = User.objects.filter(username=account.name).first()
    if user and user.email != account.email:
        raise NotADemoAccount(account.name)
    return user


def save_user(account: DemoAccount, user: User | None, password: str) -> None:
    """An existing user gets the password and keeps all else."""
    if user:
        user.set_password(password)
        user.save(update_fields=["password"])
        return
    user = User.objects.create_user(
        account.name,
        account.email,
        password,
        first_name=account.first_name,
        last_name=account.last_name,
        is_staff=account.team is None,
        is_superuser=account.team is None,
    )
    if account.team:
        role, language = account.team
        team, _ = Team.objects.get_or_create(role=role, language=language)
        team.members.add(user)


def write_passwords(passwords: dict[str, str]) -> None:
    """Readable by this user only, from the first byte on."""
    path = passwords_path()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=1)
    draft.replace(path)
