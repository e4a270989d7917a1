package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.TestingSystem;
import dev.pitcrew.server.Listening;
import dev.pitcrew.server.Operators;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyFaceTest {
    private final Logger logger = Logger.getLogger(StandbyFace.class.getName());
    private final Said said = new Said();

    @TempDir private Path folder;

    @Test
    void who_stands_by_and_has_no_ledger_to_read_yet_tells_operators_why() throws Exception {
        var system = TestingSystem.in(folder, List.of());
        var place =
                new Where.Place(
                        folder.resolve("pitcrew.yaml"),
                        system,
                        system.environment("demo"),
                        new DataFolder(folder.resolve("data")));
        var settings = new ControllerSettings(system, "demo", place.data().path(), Map.of());
        var operators = new Operators(folder.resolve("operators.json"), new SecureRandom());
        logger.setUseParentHandlers(false);
        logger.addHandler(said);

        try (var _ =
                new StandbyFace(
                        place,
                        settings,
                        operators,
                        Listening.onLoopback(0),
                        () -> "nobody leads",
                        folder.resolve("listed.json"),
                        _ -> {})) {
            Awaiting.until(
                    "a warning", Duration.ofSeconds(20), () -> !said.records.isEmpty(), () -> "");
        } finally {
            logger.removeHandler(said);
            logger.setUseParentHandlers(true);
        }

        assertThat(said.records.getFirst().getLevel()).isEqualTo(Level.WARNING);
        assertThat(said.records.getFirst().getMessage())
                .startsWith("stands by, and can't answer yet: ")
                .contains("ledger");
    }

    private static final class Said extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord one) {
            records.add(one);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
