from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0002_listings_of_events'),
    ]

    operations = [
        migrations.AlterField(
            model_name='listingpage',
            name='lists',
            field=models.CharField(choices=[('blueprint', 'Blueprints'), ('toolkit', 'Toolkits'), ('plan', 'Regional action plans'), ('project', 'Projects'), ('news', 'News'), ('event', 'Events')], max_length=20, verbose_name='what it lists'),
        ),
    ]
