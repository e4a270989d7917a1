package dev.pitcrew.cli;

import dev.pitcrew.read.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an option's `TIME`, such as `5s`.
final class TimeOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "a time is a number and a unit, such as 500ms, 5s, 3m or 2h, got '"
                            + text
                            + "'");
        }
    }
}
