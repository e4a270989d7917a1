package dev.pitcrew.read.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.read.survey.TestingSurvey;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Django's operations, as changes of the tables that it makes of models.
class DjangoFormatTest {
    @Test
    void models_become_tables_of_their_app_and_fields_the_columns_of_postgresql() {
        var migration =
                TestingSurvey.of(
                                "desk/settings.py",
                                "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}\n",
                                "desk/migrations/0001_initial.py",
                                """
                                from django.db import migrations, models
                                class Migration(migrations.Migration):
                                    operations = [
                                        migrations.CreateModel(name="Order", fields=[
                                            ("price", models.FloatField(null=True)),
                                            ("qty", models.DecimalField(max_digits=20, decimal_places=8)),
                                            ("account", models.ForeignKey(to="desk.account")),
                                        ]),
                                        migrations.AddField("order", "state", models.CharField(max_length=8, default="NEW")),
                                        migrations.AlterField(model_name="Order", name="price", field=models.DecimalField(max_digits=9, decimal_places=2)),
                                        migrations.RemoveField("order", "qty"),
                                        migrations.AddIndex(model_name="order", index=models.Index(fields=["state"])),
                                        migrations.RunSQL("TRUNCATE desk_audit"),
                                    ]
                                """)
                        .all(Migration.class)
                        .getFirst();

        assertThat(migration.dialect()).isEqualTo(Dialect.POSTGRESQL);
        assertThat(migration.changes())
                .extracting(
                        one ->
                                "%s %s %d [%s]"
                                        .formatted(
                                                one.kind(),
                                                one.table(),
                                                one.place().line(),
                                                one.columns().stream()
                                                        .map(
                                                                it ->
                                                                        it.name()
                                                                                + " "
                                                                                + it.type()
                                                                                + (it.isNotNull()
                                                                                        ? " not"
                                                                                                + " null"
                                                                                        : ""))
                                                        .collect(Collectors.joining(", "))))
                .containsExactly(
                        "CREATE_TABLE desk_order 4 [price double precision, qty numeric(20,8) not null, account_id  not null]",
                        "ADD_COLUMN desk_order 9 [state varchar(8) not null]",
                        "CHANGE_TYPE desk_order 10 [price numeric(9,2) not null]",
                        "DROP_COLUMN desk_order 11 [qty ]",
                        "CREATE_INDEX desk_order 12 []",
                        "TRUNCATE desk_audit 13 []");
    }
}
