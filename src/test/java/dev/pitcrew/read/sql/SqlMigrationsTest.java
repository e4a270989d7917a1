package dev.pitcrew.read.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.read.survey.Formats;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.survey.Surveyor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What SQL does to tables, where it stands, and in which order.
class SqlMigrationsTest {
    @Test
    void quotes_comments_and_checks_hide_nothing_and_add_nothing() {
        assertThat(
                        changes(
                                """
                                /* a /* nested */ comment; */ CREATE TABLE "desk"."orders" (
                                  id bigserial PRIMARY KEY, -- ; not here
                                  price numeric(20, 8) DEFAULT 0 NOT NULL CHECK (price > 0),
                                  note text DEFAULT 'it''s; here',
                                  CONSTRAINT one UNIQUE (id, note)
                                );
                                """))
                .containsExactly(
                        "CREATE_TABLE orders [id bigserial not null, price numeric(20,8) not null = 0, note text = 'it's; here'] 1:44");
    }

    @Test
    void what_undoes_a_change_is_left_out() {
        assertThat(changes("-- +goose Up\nALTER TABLE a DROP b;\n-- +goose Down\nDROP TABLE a;\n"))
                .containsExactly("DROP_COLUMN a [b ] 2:20");
    }

    @Test
    void a_function_that_deletes_by_age_keeps_that_many_days() {
        assertThat(
                        changes(
                                """
                                CREATE FUNCTION f() RETURNS void AS $$
                                BEGIN DELETE FROM audit_log WHERE at < now() - interval '3 months'; END
                                $$ LANGUAGE plpgsql;
                                SELECT add_retention_policy('fills', INTERVAL '30 days');
                                """))
                .containsExactly(
                        "DELETE audit_log [] 2:19 90 days", "DELETE fills [] 4:29 30 days");
    }

    @Test
    void ten_comes_after_nine() {
        var read =
                Surveyor.survey(
                        new Sources(
                                List.of(
                                        new SourceFile("m/V10__b.sql", "DROP TABLE a;"),
                                        new SourceFile("m/V9__a.sql", "DROP TABLE b;"))),
                        Formats.ALL);

        assertThat(read.all(Migration.class))
                .extracting(one -> one.place().file() + " " + one.order() + " " + one.newer())
                .containsExactly("m/V10__b.sql 1 0", "m/V9__a.sql 0 1");
    }

    private static List<String> changes(String text) {
        return Surveyor.survey(
                        new Sources(List.of(new SourceFile("migrations/1.sql", text))), Formats.ALL)
                .all(Migration.class)
                .stream()
                .flatMap(one -> one.changes().stream())
                .map(SqlMigrationsTest::text)
                .toList();
    }

    private static String text(SchemaChange one) {
        var columns =
                one.columns().stream()
                        .map(
                                column ->
                                        column.name()
                                                + " "
                                                + column.type()
                                                + (column.isNotNull() ? " not null" : "")
                                                + (column.fallback().isEmpty()
                                                        ? ""
                                                        : " = " + column.fallback()))
                        .toList();
        return "%s %s %s %d:%d%s"
                .formatted(
                        one.kind(),
                        one.table(),
                        columns,
                        one.place().line(),
                        one.place().column(),
                        one.keptDays().map(days -> " " + days + " days").orElse(""));
    }
}
