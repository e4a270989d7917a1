package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.SecretRef.TextSecret;
import dev.pitcrew.model.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets as Compose has them: text around variables of `.env`.
class TextSecretTest {
    private static final SecretRef URL =
            new TextSecret(
                    new Template("postgresql://${USER}:${PASSWORD}@db/desk"),
                    Optional.of(new Template(".env")));

    @TempDir private Path folder;

    @Test
    void the_controllers_variables_count_before_the_lines_of_the_file() throws IOException {
        Files.writeString(
                folder.resolve(".env"), "# of the desk\nUSER=desk\nPASSWORD='a ${b} $c'\n");

        assertThat(fetched(Map.of())).isEqualTo("postgresql://desk:a ${b} $c@db/desk");
        assertThat(fetched(Map.of("USER", "other"))).startsWith("postgresql://other:a");
    }

    @Test
    void a_name_that_nobody_has_is_told_and_no_value_is() throws IOException {
        Files.writeString(folder.resolve(".env"), "USER=hunter2\n");

        assertThatThrownBy(() -> fetched(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "secret URL: neither the controller's environment nor its lines have PASSWORD");
    }

    private String fetched(Map<String, String> environment) throws IOException {
        return new Secrets(folder, environment)
                .fetch(Map.of("URL", URL), name -> name)
                .getOrDefault("URL", "");
    }
}
