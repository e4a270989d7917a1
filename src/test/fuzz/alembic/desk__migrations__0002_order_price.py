from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("price", models.FloatField(default=0.0)),
                ("account", models.ForeignKey(on_delete=models.CASCADE, to="desk.account")),
            ],
            options={"db_table": "orders"},
        ),
        migrations.AddField("order", "state", models.CharField(max_length=8)),
        migrations.AddIndex(model_name="order", index=models.Index(fields=["state"], name="i")),
        migrations.RunSQL("DELETE FROM desk_audit WHERE at < now() - interval '30 days'"),
    ]
