"""What happens when a translated text is saved."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, post_save_string_translation

LONGEST_TITLE = Page._meta.get_field("draft_title").max_length

post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def title_was_translated(sender: type[StringTranslation], instance: StringTranslation, **kwargs: object) -> None:
    """wagtail-localize copies a title to the draft; one that is too long would be an error of the database.

    It is kept as the translator wrote it, and publishing says that it is too long.
    """
    if len(instance.data) <= LONGEST_TITLE:
        post_save_string_translation(instance=instance, **kwargs)
