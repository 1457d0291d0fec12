from django.core.management.base import BaseCommand

from taxonomy.codes_in_blocks import rewrite_merged_codes


class Command(BaseCommand):
    help = "Writes the codes of concepts that others were merged into where stored blocks still have the old ones."

    def handle(self, *args: object, **options: object) -> None:
        changed = rewrite_merged_codes()
        if options["verbosity"] > 0:
            self.stdout.write(f"{changed} rows changed.")
