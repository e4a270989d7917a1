package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatorsTest {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("operators.json");
    }

    private Operators operators() {
        return new Operators(file(), new SecureRandom());
    }

    @Test
    void a_token_tells_who_acts_and_another_one_tells_nobody() {
        var token = operators().add("ann");

        assertThat(operators().who(token)).contains("ann");
        assertThat(operators().who(token + "x")).isEmpty();
        assertThat(operators().who("")).isEmpty();
    }

    @Test
    void the_same_name_or_the_same_token_twice_is_refused() {
        var token = operators().add("ann");

        assertThatThrownBy(() -> operators().add("ann"))
                .hasMessageContaining("ann is an operator already");
        assertThatThrownBy(() -> operators().add("bob", token))
                .hasMessageContaining("that token is ann's");
        assertThat(operators().names()).containsExactly("ann");
    }

    @Test
    void whoever_makes_his_own_token_is_added_by_its_hash_and_shows_it_to_nobody()
            throws Exception {
        var token = operators().newToken();
        var kept = HashedToken.parse(operators().hashed(token).text());

        operators().add("bea", kept, Optional.of("ann"), Grant.ALL);

        assertThat(operators().who(token)).contains("bea");
        assertThat(Files.readString(file())).doesNotContain(token);
        assertThatThrownBy(() -> operators().add("bob", kept, Optional.of("ann"), Grant.ALL))
                .hasMessageContaining("that token is bea's");
        assertThatThrownBy(() -> HashedToken.parse(token))
                .hasMessageContaining("no salted hash of a token");
    }

    @ParameterizedTest
    @CsvSource({
        "anna, anna",
        "Anna, anna",
        "_svc, u_svc",
        "7x, u7x",
        "DOMAIN\\anna, domain-anna",
        "Ännchen, u-nnchen",
        "'', u"
    })
    void every_user_of_a_machine_can_be_an_operator(String user, String name) {
        assertThat(Operators.nameOf(user)).isEqualTo(name);
        operators().add(Operators.nameOf(user));
    }

    @Test
    void a_long_name_of_a_user_is_cut() {
        assertThat(Operators.nameOf("x".repeat(50))).isEqualTo("x".repeat(32));
    }

    @Test
    void many_who_add_at_once_lose_nobody() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var name = "op" + i;
                var _ = threads.submit(() -> operators().add(name));
            }
        }

        assertThat(operators().names()).hasSize(20);
    }

    @Test
    void who_was_removed_is_out_at_once() {
        var operators = operators();
        var token = operators.add("ann");
        operators().remove("ann");

        assertThat(operators.who(token)).isEmpty();
        assertThatThrownBy(() -> operators.remove("ann")).hasMessageContaining("no operator ann");
    }

    @Test
    void the_file_has_no_token_and_only_its_owner_reads_it() throws IOException {
        var token = operators().add("ann");

        assertThat(Files.readString(file())).doesNotContain(token).contains("ann");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }
}
