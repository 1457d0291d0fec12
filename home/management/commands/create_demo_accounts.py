from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.demo.accounts import NotADemoAccount, PasswordsUnknown, make_accounts, passwords_path

PRODUCTION = "oer_platform.settings.production"


class Command(BaseCommand):
    help = "Make one account for each role, with passwords of this machine. Existing accounts keep theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="give every demonstration account a new password")
        parser.add_argument("--force", action="store_true", help="run on a public installation too")

    def handle(self, *args: object, **options: object) -> None:
        if settings.SETTINGS_MODULE == PRODUCTION and not options["force"]:
            raise CommandError("This is a public installation. Use --force to make demonstration accounts here anyway.")
        try:
            new = make_accounts(reset=bool(options["reset"]))
        except PasswordsUnknown as error:
            raise CommandError(
                f"The account {error} exists, but its password is not in {passwords_path()}. "
                "To set new passwords for all demonstration accounts run: manage.py create_demo_accounts --reset"
            ) from error
        except NotADemoAccount as error:
            raise CommandError(f"The user {error} is not a demonstration account; nothing was changed.") from error
        if new:
            self.stdout.write(f"New passwords: {', '.join(new)}.")
        else:
            self.stdout.write("All demonstration accounts exist already.")
        self.stdout.write("To see the passwords run: manage.py show_demo_accounts")
