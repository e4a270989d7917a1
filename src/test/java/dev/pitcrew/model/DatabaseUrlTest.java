package dev.pitcrew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.DatabaseUrl.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void it_has_the_usual_port_and_asks_for_protection_when_there_is_some() {
        assertThat(DatabaseUrl.parse("postgresql://ann@DB.example/ledger"))
                .isEqualTo(new DatabaseUrl("ann", "db.example", 5432, "ledger", Tls.PREFER))
                .hasToString("postgresql://ann@db.example:5432/ledger");
        assertThat(DatabaseUrl.parse("postgresql://ann@db:7000/ledger?sslmode=verify-full"))
                .isEqualTo(new DatabaseUrl("ann", "db", 7000, "ledger", Tls.VERIFY_FULL));
    }

    @Test
    void a_database_is_the_same_whoever_logs_on() {
        var ledger = DatabaseUrl.parse("postgresql://ann@db/ledger");

        assertThat(ledger.isSameDatabase(DatabaseUrl.parse("postgresql://bob@DB:5432/ledger")))
                .isTrue();
        assertThat(ledger.isSameDatabase(DatabaseUrl.parse("postgresql://ann@db/orders")))
                .isFalse();
        assertThat(ledger.isSameDatabase(DatabaseUrl.parse("postgresql://ann@db:1/ledger")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ledger.db",
                "postgresql://db/ledger",
                "postgresql://ann@db",
                "postgresql://ann@db/",
                "postgresql://ann@db/a/b",
                "postgresql://ann@db:0/ledger",
                "postgresql://ann:hush@db/ledger",
                "postgresql://ann:hush@db /ledger",
                "postgresql://ann@db/ledger?password=hush",
                "postgresql://ann@db/ledger?sslmode=hush",
                "mysql://ann@db/ledger"
            })
    void what_is_none_is_refused_without_repeating_a_password(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }
}
