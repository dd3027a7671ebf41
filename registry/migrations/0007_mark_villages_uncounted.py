from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the tick count every village that has households already."""
    household = apps.get_model("registry", "Household")
    uncounted = apps.get_model("registry", "Uncounted")
    codes = household.objects.order_by().values_list("place_id", flat=True).distinct()
    uncounted.objects.bulk_create([uncounted(place_id=code) for code in codes])


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_village_figures")]

    # Backwards the table itself goes.
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
