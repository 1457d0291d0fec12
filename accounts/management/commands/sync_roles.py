from django.core.management.base import BaseCommand

from accounts.roles import sync_roles


class Command(BaseCommand):
    help = "Give every role's group exactly the permissions that the role has."

    def handle(self, *args: object, **options: object) -> None:
        sync_roles()
        self.stdout.write("Roles are up to date.")
