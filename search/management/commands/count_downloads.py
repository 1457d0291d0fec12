from django.core.management.base import BaseCommand

from search.downloads import refresh_downloads


class Command(BaseCommand):
    help = "Count how often works were downloaded, for results sorted by it. To be called every ten minutes or so."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{refresh_downloads()} works have another number of downloads.")
