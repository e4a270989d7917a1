package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The annotated example, as tests use it.
final class Example {
    static final Path FILE = Path.of("examples/desk/pitcrew.yaml");

    private Example() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TradingSystem system() {
        return good(SystemFile.read(FILE));
    }

    static TradingSystem good(Read<TradingSystem> read) {
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good<TradingSystem>) read).document();
    }
}
