package dev.pitcrew.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is logged in to the console. They end with the controller, after twelve hours, and after half an hour without a request of a person.
final class Sessions {
    private static final Duration LIFE = Duration.ofHours(12);
    private static final Duration REST = Duration.ofMinutes(30);
    private static final int KEPT = 1_000;
    private static final int BYTES = 32;

    private final Map<String, Session> byKey = new ConcurrentHashMap<>();
    private final SecureRandom random;

    /// @param random makes keys
    Sessions(SecureRandom random) {
        this.random = random;
    }

    /// A person at the console.
    ///
    /// @param key what the cookie holds
    /// @param operator his name
    /// @param token tells the token with which he logged in from all others
    /// @param form what each of his forms holds, so that nobody else's are taken
    /// @param begun when he logged in
    /// @param seen when he asked for something last
    /// @param said what the next page tells him once; empty for nothing
    record Session(
            String key,
            String operator,
            String token,
            String form,
            Instant begun,
            Instant seen,
            String said) {
        boolean isFrom(String formKey) {
            return MessageDigest.isEqual(
                    form.getBytes(StandardCharsets.UTF_8),
                    formKey.getBytes(StandardCharsets.UTF_8));
        }
    }

    Session begin(String operator, String token, Instant now) {
        byKey.values().removeIf(one -> isOver(one, now));
        if (byKey.size() >= KEPT) {
            throw new Refusal(503, "too-many-sessions", "too many people are logged in", "");
        }
        var session = new Session(key(), operator, token, key(), now, now, "");
        byKey.put(session.key(), session);
        return session;
    }

    /// @param isPerson whether a person asks, and not a page that looks for news by itself
    Optional<Session> find(String key, Instant now, boolean isPerson) {
        return Optional.ofNullable(
                byKey.computeIfPresent(
                        key,
                        (_, one) ->
                                isOver(one, now)
                                        ? null
                                        : isPerson
                                                ? new Session(
                                                        key,
                                                        one.operator(),
                                                        one.token(),
                                                        one.form(),
                                                        one.begun(),
                                                        now,
                                                        one.said())
                                                : one));
    }

    private static boolean isOver(Session one, Instant now) {
        return now.isAfter(one.begun().plus(LIFE)) || now.isAfter(one.seen().plus(REST));
    }

    void end(String key) {
        byKey.remove(key);
    }

    /// What the next page tells him.
    void say(String key, String text) {
        byKey.computeIfPresent(
                key,
                (_, one) ->
                        new Session(
                                key,
                                one.operator(),
                                one.token(),
                                one.form(),
                                one.begun(),
                                one.seen(),
                                text));
    }

    private String key() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
