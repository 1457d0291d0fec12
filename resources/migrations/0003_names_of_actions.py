"""Give the rows of progress that are there the names that the plans' texts have for them."""

from django.db import migrations


def name_rows(apps, schema_editor):
    Plan = apps.get_model("resources", "ActionPlanPage")
    Action = apps.get_model("resources", "ActionStatus")
    Indicator = apps.get_model("resources", "Indicator")
    named = set()
    for plan in Plan.objects.order_by("pk").iterator():
        work = plan.translation_key
        if work in named:
            continue
        named.add(work)
        for priority in plan.priorities or ():
            for action in contents(priority.get("value", {}).get("actions")):
                rows = Action.objects.filter(plan__work=work, code=action.get("code") or "", label="")
                rows.update(label=(action.get("title") or "")[:255])
                for indicator in contents(action.get("indicators")):
                    rows = Indicator.objects.filter(plan__work=work, code=indicator.get("code") or "", label="")
                    rows.update(
                        label=(indicator.get("label") or "")[:255], unit=(indicator.get("unit") or "")[:60]
                    )


def contents(items):
    """The values of a stored list, in block form or bare."""
    for item in items or ():
        yield item["value"] if item.get("type") == "item" and "value" in item else item


class Migration(migrations.Migration):

    dependencies = [
        ("resources", "0002_complete_resources"),
    ]

    operations = [
        migrations.RunPython(name_rows, migrations.RunPython.noop),
    ]
