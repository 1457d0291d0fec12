"""Wagtail's index of what refers to what: for the demonstration made in one task, not in a task for each record."""

from django.apps import apps
from django_tasks import task
from wagtail.models import ReferenceIndex

CHUNK = 200


@task()
def index_references() -> None:
    """Record by record, so that nobody who saves meanwhile has to wait. Safe to run again."""
    for model in apps.get_models():
        if ReferenceIndex.is_indexed(model):
            for instance in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
                ReferenceIndex.create_or_update_for_object(instance)
