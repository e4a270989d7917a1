package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.process.TestingProcesses.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

class TestingProcessesTest extends ProcessesContract {
    private final TestingProcesses processes =
            new TestingProcesses(InstantSource.fixed(Instant.EPOCH), TestingProcessesTest::program);

    private static Program program(ProcessSpec spec) {
        return switch (spec.argv().getFirst()) {
            case "polite" -> Program.service();
            case "stubborn" -> new Program(Optional.empty(), 0, false);
            default ->
                    new Program(
                            Optional.of(Duration.ZERO),
                            Integer.parseInt(spec.argv().getFirst()),
                            true);
        };
    }

    @Override
    Processes processes() {
        return processes;
    }

    @Override
    Processes afterControllerRestart() {
        return processes;
    }

    @Override
    ProcessSpec polite(String instance) {
        return spec(instance, "polite");
    }

    @Override
    ProcessSpec stubborn(String instance) {
        return spec(instance, "stubborn");
    }

    @Override
    ProcessSpec ending(String instance, int code) {
        return spec(instance, Integer.toString(code));
    }

    @Override
    ProcessSpec refused(String instance) {
        processes.refuseStart(instance);
        return polite(instance);
    }

    private static ProcessSpec spec(String instance, String program) {
        Path here = Path.of(".");
        return new ProcessSpec(
                instance, "gateway", "1", List.of(program), Map.of(), here, here, Map.of());
    }

    @Override
    void settle(String instance) {}

    @Override
    void freeze(String instance) {
        processes.freeze(instance);
    }

    @Override
    void eventually(BooleanSupplier condition) {
        processes.tick();
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
