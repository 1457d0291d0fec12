from django.core.management.base import BaseCommand

from accounts.roles import sync_roles
from catalog.synchronizing import catch_up
from home.site_tree import make_site_tree
from taxonomy.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = "Make what every site starts with: vocabularies, languages, home pages and listings. Safe to run again."

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        load_vocabulary()
        make_site_tree()
        sync_roles()
        catch_up()
        if verbosity:
            self.stdout.write("The site is set up.")
