"""What happens when a translated text is saved."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, post_save_string_translation

from .segments import note_deleted, note_saved

LONGEST_TITLE = Page._meta.get_field("draft_title").max_length

post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def title_was_translated(sender: type[StringTranslation], instance: StringTranslation, **kwargs: object) -> None:
    """wagtail-localize copies a title to the draft; one that is too long would be an error of the database.

    It is kept as the translator wrote it, and publishing says that it is too long.
    """
    if len(instance.data) <= LONGEST_TITLE:
        post_save_string_translation(instance=instance, **kwargs)


@receiver(post_save, sender=StringTranslation)
def text_was_saved(
    sender: type[StringTranslation],
    instance: StringTranslation,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: object,
) -> None:
    if not raw and instance.context_id and (update_fields is None or "data" in update_fields):
        note_saved(instance)


@receiver(post_delete, sender=StringTranslation)
def text_was_deleted(sender: type[StringTranslation], instance: StringTranslation, **kwargs: object) -> None:
    if instance.context_id:
        note_deleted(instance)
