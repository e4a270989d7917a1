package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Where a Grafana gets what it shows: a provisioned data source.
///
/// @param place of its name
/// @param uid as the file gives it; empty when Grafana makes one
/// @param type such as `prometheus`, `loki`, `postgres`
public record DataSource(String format, Place place, String name, Optional<String> uid, String type)
        implements InfraFact {
    private static final int MADE_DIGITS = 16;

    /// By which alerts ask for it: its own, or the one that Grafana makes of its name.
    public String id() {
        return uid.orElseGet(this::made);
    }

    /// Whether a dashboard that says this means it; it may say the name as well.
    public boolean isCalled(String word) {
        return word.equals(id()) || word.equals(name);
    }

    private String made() {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
            return "P" + digits.substring(0, MADE_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
