package dev.pitcrew.cli;

import dev.pitcrew.model.OperationFailed;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a verb ends that could not do its work: what it says of it, and its exit code.
final class Failures {
    private Failures() {}

    static ExitCode told(Exception failure, String verb, PrintWriter err) {
        return switch (failure) {
            case UsageError no -> end(err, no.getMessage(), ExitCode.USAGE);
            case Refused no -> end(err, no.sentence(), ExitCode.REFUSED);
            case OperationFailed no -> end(err, no.getMessage(), ExitCode.FAILED);
            case FileSystemException no -> end(err, sentence(no), ExitCode.FAILED);
            default -> {
                err.println(
                        "pitcrew %s: %s"
                                .formatted(
                                        verb,
                                        Objects.requireNonNullElse(
                                                failure.getMessage(), failure.toString())));
                yield ExitCode.FAILED;
            }
        };
    }

    private static ExitCode end(PrintWriter err, @Nullable String text, ExitCode code) {
        err.println("pitcrew: " + text);
        return code;
    }

    /// The message alone would be the bare path.
    private static String sentence(FileSystemException failure) {
        return failure instanceof NoSuchFileException
                ? "there is no file " + failure.getFile()
                : failure.getFile()
                        + " can't be used: "
                        + Objects.requireNonNullElse(
                                failure.getReason(), failure.getClass().getSimpleName());
    }
}
