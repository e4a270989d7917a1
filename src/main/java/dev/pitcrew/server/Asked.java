package dev.pitcrew.server;

import dev.pitcrew.deploy.Promotion;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of a request to act. Each act uses what it needs.
///
/// @param service by name
/// @param version to deploy
/// @param hash of what is approved
/// @param rollout to re-assess
/// @param reason in the operator's words
/// @param result what a kill or its test came to
/// @param emergency whether one person takes it on himself
/// @param plan whether only to say what would be done
/// @param overrides names of the gates that need not pass; null for none
/// @param promotion what a version brings along from another environment
/// @param kill which kill it is that is told of
/// @param taken what of the service runs already
public record Asked(
        @Nullable String service,
        @Nullable String version,
        @Nullable String hash,
        @Nullable String rollout,
        @Nullable String reason,
        @Nullable String result,
        boolean emergency,
        boolean plan,
        @Nullable List<String> overrides,
        @Nullable Promotion promotion,
        @Nullable String kill,
        @Nullable Taken taken) {
    public Asked {
        overrides = overrides == null ? null : List.copyOf(overrides);
    }

    /// A request that tells of no kill.
    public Asked(
            @Nullable String service,
            @Nullable String version,
            @Nullable String hash,
            @Nullable String rollout,
            @Nullable String reason,
            @Nullable String result,
            boolean emergency,
            boolean plan,
            @Nullable List<String> overrides,
            @Nullable Promotion promotion) {
        this(
                service, version, hash, rollout, reason, result, emergency, plan, overrides,
                promotion, null, null);
    }

    /// A request that promotes nothing.
    public Asked(
            @Nullable String service,
            @Nullable String version,
            @Nullable String hash,
            @Nullable String rollout,
            @Nullable String reason,
            @Nullable String result,
            boolean emergency,
            boolean plan,
            @Nullable List<String> overrides) {
        this(service, version, hash, rollout, reason, result, emergency, plan, overrides, null);
    }

    /// A request that overrides no gate.
    public Asked(
            @Nullable String service,
            @Nullable String version,
            @Nullable String hash,
            @Nullable String rollout,
            @Nullable String reason,
            @Nullable String result,
            boolean emergency,
            boolean plan) {
        this(service, version, hash, rollout, reason, result, emergency, plan, null);
    }

    /// What is told of a kill.
    public static Asked killed(String service, String kill, String reason, String result) {
        return new Asked(
                service, null, null, null, reason, result, false, false, null, null, kill, null);
    }

    /// To keep what runs already, or its plan.
    public static Asked toAdopt(String service, Taken taken, String reason, boolean plan) {
        return new Asked(
                service, null, null, null, reason, null, false, plan, null, null, null, taken);
    }

    Set<String> overridden() {
        return overrides == null ? Set.of() : Set.copyOf(overrides);
    }

    String serviceOrRefuse() {
        return needed("service", service);
    }

    String reasonOrEmpty() {
        return Objects.requireNonNullElse(reason, "");
    }

    /// @throws Refusal when it is absent
    static String needed(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new Refusal(400, "incomplete", "the request names no " + name, "");
        }
        return value;
    }
}
