from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from home.demo.accounts import ACCOUNTS, DemoAccount, passwords_path, read_passwords

RESET = "To set new ones run: manage.py create_demo_accounts --reset"


class Command(BaseCommand):
    help = "Print role, user name and password of each demonstration account, separated by tabs."

    def handle(self, *args: object, **options: object) -> None:
        passwords = read_passwords()
        if not passwords:
            if User.objects.filter(username__in=[account.name for account in ACCOUNTS]).exists():
                raise CommandError(f"{passwords_path()} is lost, and the passwords with it. {RESET}")
            raise CommandError("There are no demonstration accounts. To make them run: manage.py create_demo_accounts")
        for account in ACCOUNTS:
            user = User.objects.filter(username=account.name).first()
            password = passwords.get(account.name, "")
            if user and user.check_password(password):
                self.stdout.write(f"{role_of(account)}\t{account.name}\t{password}")
            else:
                self.stderr.write(f"The password of {account.name} is not known here. {RESET}")


def role_of(account: DemoAccount) -> str:
    if account.team is None:
        return "administrator"
    role, _language = account.team
    return role.value
