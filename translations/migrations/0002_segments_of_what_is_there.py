"""Give a state to what was translated before there were states: what readers see already counts as reviewed."""

from django.db import migrations

BATCH = 500


def note_what_is_there(apps, schema_editor):
    StringTranslation = apps.get_model("wagtail_localize", "StringTranslation")
    Page = apps.get_model("wagtailcore", "Page")
    Segment = apps.get_model("translations", "Segment")
    SegmentChange = apps.get_model("translations", "SegmentChange")
    live = set(Page.objects.filter(live=True).values_list("translation_key", "locale_id"))

    def write(batch):
        segments = Segment.objects.bulk_create(batch)
        SegmentChange.objects.bulk_create(
            SegmentChange(
                segment=segment, origin="import", state_before="missing", state_after=segment.state, text_after=segment.text
            )
            for segment in segments
        )

    batch = []
    rows = StringTranslation.objects.filter(context__isnull=False).exclude(data="").order_by("pk")
    fields = ("translation_of_id", "context_id", "locale_id", "data", "translation_type", "context__object_id")
    for string, context, locale, data, kind, key in rows.values_list(*fields).iterator(BATCH):
        state = "suggested" if kind == "machine" else "translated"
        if (key, locale) in live:
            state = "reviewed"
        batch.append(
            Segment(string_id=string, context_id=context, locale_id=locale, state=state, text=data, version=1)
        )
        if len(batch) == BATCH:
            write(batch)
            batch = []
    write(batch)


class Migration(migrations.Migration):
    dependencies = [("translations", "0001_segment")]
    operations = [migrations.RunPython(note_what_is_there, migrations.RunPython.noop, elidable=True)]
