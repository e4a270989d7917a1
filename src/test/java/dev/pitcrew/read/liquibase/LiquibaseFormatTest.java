package dev.pitcrew.read.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.read.survey.TestingSurvey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The changes of a changelog are the same, however it is written.
class LiquibaseFormatTest {
    @Test
    void xml_says_what_is_done_to_which_column_and_what_undoes_it_is_left_out() {
        assertThat(
                        changes(
                                "db/changelog/001.xml",
                                """
                                <databaseChangeLog>
                                  <!-- <changeSet><dropTable tableName="orders"/></changeSet> -->
                                  <changeSet id="1" author="desk">
                                    <createTable tableName="orders">
                                      <column name="price" type="DOUBLE"/>
                                      <column name="state" type="varchar(8)"><constraints nullable="false"/></column>
                                    </createTable>
                                    <addColumn tableName="orders"><column name="side" type="char(1)"/></addColumn>
                                    <sql>TRUNCATE audit_log</sql>
                                    <rollback><dropTable tableName="orders"/></rollback>
                                  </changeSet>
                                </databaseChangeLog>
                                """))
                .containsExactly(
                        "CREATE_TABLE orders [price double precision, state varchar(8) not null] 4:6",
                        "ADD_COLUMN orders [side char(1)] 8:49",
                        "TRUNCATE audit_log [] 9:6");
    }

    @Test
    void yaml_says_the_same() {
        assertThat(
                        changes(
                                "db/changelog/001.yaml",
                                """
                                databaseChangeLog:
                                  - changeSet:
                                      id: 1
                                      changes:
                                        - addColumn:
                                            tableName: Orders
                                            columns:
                                              - column:
                                                  name: venue
                                                  type: text
                                                  constraints: {nullable: false}
                                        - dropColumn: {tableName: orders, columnName: side}
                                """))
                .containsExactly(
                        "ADD_COLUMN orders [venue text not null] 9:25",
                        "DROP_COLUMN orders [side ] 12:11");
    }

    private static List<String> changes(String path, String text) {
        return TestingSurvey.of(path, text).all(Migration.class).stream()
                .filter(one -> one.format().equals("liquibase"))
                .flatMap(one -> one.changes().stream())
                .map(
                        one ->
                                "%s %s %s %d:%d"
                                        .formatted(
                                                one.kind(),
                                                one.table(),
                                                one.columns().stream()
                                                        .map(
                                                                it ->
                                                                        it.name()
                                                                                + " "
                                                                                + it.type()
                                                                                + (it.isNotNull()
                                                                                        ? " not null"
                                                                                        : ""))
                                                        .toList(),
                                                one.place().line(),
                                                one.place().column()))
                .toList();
    }
}
