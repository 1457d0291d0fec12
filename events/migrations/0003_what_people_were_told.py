from django.db import migrations, models

from events.times import EventTimes


def remember_what_is_published(apps, schema_editor):
    """What is cancelled or gone by now is not told any more; what changes from now on is."""
    EventPage = apps.get_model("events", "EventPage")
    for desk in apps.get_model("events", "RegistrationDesk").objects.all():
        pages = EventPage.objects.filter(translation_key=desk.work, alias_of=None, live=True).order_by("pk")
        page = pages.filter(locale__language_code=desk.language).first() or pages.first()
        desk.is_off = page is None or page.status == "cancelled"
        if page:
            times = EventTimes(
                page.start_date, page.start_time, page.end_date or page.start_date, page.end_time, page.time_zone
            )
            names = ("status", "mode", "venue", "address", "contact")
            desk.facts = {
                **times.as_extra(),
                **{name: getattr(page, name) for name in names},
                "link": page.online_link,
            }
        desk.save(update_fields=["is_off", "facts"])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_made_by_a_project"),
    ]

    operations = [
        migrations.AddField(
            model_name="registrationdesk",
            name="facts",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="registrationdesk",
            name="is_off",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="registrationdesk",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(remember_what_is_published, migrations.RunPython.noop),
    ]
