package dev.pitcrew.read.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.Revision;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.read.survey.TestingSurvey;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What revisions of Alembic do to tables, where it stands, and how they follow each other.
class AlembicFormatTest {
    private static List<String> changes(Survey survey) {
        return survey.all(Migration.class).stream()
                .flatMap(one -> one.changes().stream())
                .map(
                        one ->
                                "%s %s [%s]%s %d:%d"
                                        .formatted(
                                                one.kind(),
                                                one.table(),
                                                one.columns().stream()
                                                        .map(
                                                                column ->
                                                                        column.name()
                                                                                + " "
                                                                                + column.type()
                                                                                + (column
                                                                                                .isNotNull()
                                                                                        ? " not null"
                                                                                        : "")
                                                                                + (column.fallback()
                                                                                                .isEmpty()
                                                                                        ? ""
                                                                                        : " = "
                                                                                                + column
                                                                                                        .fallback()))
                                                        .collect(Collectors.joining(", ")),
                                                one.isConcurrent() ? " concurrently" : one.other(),
                                                one.place().line(),
                                                one.place().column()))
                .toList();
    }

    private static Survey one(String upgrade) {
        return TestingSurvey.of(
                "db/versions/a.py",
                "revision = 'a'\ndown_revision = None\ndef upgrade():\n"
                        + upgrade.indent(4)
                        + "def downgrade():\n    op.drop_table('never')\n");
    }

    @Test
    void operations_are_the_changes_that_sql_would_make() {
        assertThat(
                        changes(
                                one(
                                        """
                                        op.create_table('orders',
                                            sa.Column('id', sa.BigInteger(), primary_key=True),
                                            sa.Column('price', sa.Numeric(20, 8), nullable=False, server_default='0'),
                                            sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()')),
                                            sa.UniqueConstraint('id'))  # a comment, with a bracket )
                                        op.add_column('orders', sa.Column('fee', sa.Float))
                                        op.alter_column('orders', 'fee', type_=sa.Numeric(precision=20, scale=8), nullable=False)
                                        op.alter_column('orders', 'fee', new_column_name='cost')
                                        op.drop_column('orders', 'cost')
                                        op.rename_table('orders', 'trades')
                                        op.drop_table('trades')
                                        """)))
                .containsExactly(
                        "CREATE_TABLE orders [id bigint not null = generated, price numeric(20,8) not null = '0', at timestamp with time zone = now()] 4:5",
                        "ADD_COLUMN orders [fee double precision] 9:39",
                        "CHANGE_TYPE orders [fee numeric(20,8)] 10:31",
                        "SET_NOT_NULL orders [fee  not null] 10:31",
                        "RENAME_COLUMN orders [fee ]cost 11:31",
                        "DROP_COLUMN orders [cost ] 12:30",
                        "RENAME_TABLE orders []trades 13:5",
                        "DROP_TABLE trades [] 14:5");
    }

    @Test
    void batches_indexes_and_text_in_sql_are_read_as_well() {
        assertThat(
                        changes(
                                one(
                                        """
                                        with op.batch_alter_table('fills', schema=None) as batch_op:
                                            batch_op.add_column(sa.Column('venue', sa.String(length=12)))
                                            batch_op.create_index('by_venue', ['venue'])
                                        with op.get_context().autocommit_block():
                                            op.create_index(op.f('ix'), 'orders', ['at'], postgresql_concurrently=True)
                                        op.execute(\"\"\"
                                            ALTER TABLE orders ADD COLUMN desk text;
                                        \"\"\")
                                        op.execute(sa.text("DROP TABLE old"))
                                        op.execute(f"DROP TABLE {name}")
                                        for table in tables:
                                            op.drop_table(table)
                                        """)))
                .containsExactly(
                        "ADD_COLUMN fills [venue varchar(12)] 5:39",
                        "CREATE_INDEX fills [] 6:9",
                        "CREATE_INDEX orders [] concurrently 8:9",
                        "ADD_COLUMN orders [desk text] 10:39",
                        "DROP_TABLE old [] 12:36");
    }

    @Test
    void each_follows_the_one_that_it_names_whatever_its_file_is_called() {
        var survey =
                TestingSurvey.of(
                        "v/1.py", "revision: str = 'c'\ndown_revision: Union[str, None] = 'b'\n",
                        "v/2.py", "revision = 'a'\ndown_revision = None\n",
                        "v/3.py", "revision = 'b'\ndown_revision = (\n    'a',\n    'z',\n)\n",
                        "alembic.ini", "sqlalchemy.url = postgresql://localhost/desk\n");

        assertThat(survey.all(Migration.class))
                .extracting(
                        one ->
                                one.place().file()
                                        + " "
                                        + one.order()
                                        + " "
                                        + one.newer()
                                        + " "
                                        + one.dialect())
                .containsExactly(
                        "v/1.py 2 0 " + Dialect.POSTGRESQL,
                        "v/2.py 0 2 " + Dialect.POSTGRESQL,
                        "v/3.py 1 1 " + Dialect.POSTGRESQL);
        assertThat(survey.all(Revision.class).getLast().parents())
                .extracting(one -> one.value() + " " + one.place())
                .containsExactly(
                        "a " + new Place("v/3.py", 3, 5), "z " + new Place("v/3.py", 4, 5));
    }

    @Test
    void revisions_in_a_circle_are_read_too() {
        var survey =
                TestingSurvey.of(
                        "v/1.py", "revision = 'a'\ndown_revision = 'b'\n",
                        "v/2.py", "revision = 'b'\ndown_revision = 'a'\n");

        assertThat(survey.all(Migration.class)).hasSize(2);
    }
}
