package dev.pitcrew.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.Words;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may ask the controller for something. Of a token only a [HashedToken] is kept.
///
/// The file is read anew each time, so that who was removed is out at once.
public final class Operators {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
    private static final int KEY_LENGTH = 12;
    private static final int NAME_MAX = 32;
    private static final int TOKEN_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Path file;
    private final SecureRandom random;

    /// @param file where they are kept, with mode 0600
    /// @param random makes tokens and salts
    public Operators(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /// As the file has them.
    ///
    /// @param salt in hex
    /// @param hash SHA-256 of salt and token, in hex
    /// @param by who added him, as that one says; null in files that don't have it, as all that follows
    /// @param rights what he may do; null for all
    /// @param environments where; null for all
    /// @param owners of whose systems; null for all
    /// @param until when his token expires; null for never
    record Operator(
            String name,
            String salt,
            String hash,
            @Nullable String by,
            @Nullable List<String> rights,
            @Nullable List<String> environments,
            @Nullable List<String> owners,
            @Nullable String until) {
        Grant grant() {
            return new Grant(
                    rights == null
                            ? EnumSet.allOf(Right.class)
                            : rights.stream().map(Right::of).collect(Collectors.toSet()),
                    environments == null ? Set.of() : Set.copyOf(environments),
                    owners == null ? Set.of() : Set.copyOf(owners),
                    Optional.ofNullable(until).map(Instant::parse));
        }

        /// What tells this token with these rights from all others; of a token without limits it is what it was before there were any.
        String key() {
            var limits = grant().text();
            var start = hash.substring(0, KEY_LENGTH);
            return limits.isEmpty() ? start : start + " " + limits;
        }
    }

    /// An operator whose token is known.
    ///
    /// @param key as in [Listed]
    public record Known(String name, String key, Grant grant) {}

    /// An operator as others may see him.
    ///
    /// @param by who added him, as that one says; empty when nobody says
    /// @param key the start of his token's hash, which tells it from another token, and what it is limited to, if it is
    public record Listed(String name, String by, String key, Grant grant) {}

    /// All of them, in the order in which they were added.
    public List<Listed> listed() {
        return read().stream()
                .map(
                        one ->
                                new Listed(
                                        one.name(),
                                        Objects.requireNonNullElse(one.by(), ""),
                                        one.key(),
                                        one.grant()))
                .toList();
    }

    /// The name that a user of this machine gets as an operator.
    ///
    /// @param user such as `Anna` or `_svc`; any text
    public static String nameOf(String user) {
        var plain = user.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        var begun = plain.matches("[a-z].*") ? plain : "u" + plain;
        return begun.substring(0, Math.min(begun.length(), NAME_MAX));
    }

    /// Their names, in the order in which they were added.
    public List<String> names() {
        return read().stream().map(Operator::name).toList();
    }

    /// Adds an operator of whom nobody says who added him.
    ///
    /// @return his token
    /// @throws IllegalArgumentException when the name is taken or is no name
    public String add(String name) {
        return add(name, Optional.empty());
    }

    /// Adds an operator and makes a token, which is never to be seen again.
    ///
    /// @param by who adds him
    /// @throws IllegalArgumentException when the name is taken or is no name
    public String add(String name, Optional<String> by) {
        return add(name, by, Grant.ALL);
    }

    /// The same with a token that is good for some things only.
    public String add(String name, Optional<String> by, Grant grant) {
        var token = newToken();
        add(name, token, by.orElse(null), grant);
        return token;
    }

    /// Adds an operator whose token nobody here has seen: he made it himself.
    ///
    /// @throws IllegalArgumentException when the name is taken or is no name, or when the token is known to be somebody's
    public void add(String name, HashedToken token, Optional<String> by, Grant grant) {
        demandName(name);
        locked(() -> addTo(new ArrayList<>(read()), name, token, by.orElse(null), grant));
    }

    /// A token of nobody yet.
    public String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return "pc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What would be kept of a token.
    public HashedToken hashed(String token) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HashedToken.of(salt, token);
    }

    /// Adds an operator with a token that exists already.
    ///
    /// @throws IllegalArgumentException when the name is taken or is no name, when the token is somebody's, or is too short to be random
    public void add(String name, String token) {
        add(name, token, null, Grant.ALL);
    }

    private void add(String name, String token, @Nullable String by, Grant grant) {
        demandName(name);
        if (token.length() < 43) {
            throw new IllegalArgumentException(
                    "a token has at least 43 characters: 256 random bits");
        }
        locked(
                () -> {
                    known(token).ifPresent(other -> refuse(other.name()));
                    addTo(new ArrayList<>(read()), name, hashed(token), by, grant);
                });
    }

    private static void demandName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an operator's name has lower-case letters, digits, dots and dashes, got '"
                            + name
                            + "'");
        }
    }

    private static void refuse(String other) {
        throw new IllegalArgumentException("that token is " + other + "'s; one token, one person");
    }

    private void addTo(
            List<Operator> all, String name, HashedToken token, @Nullable String by, Grant grant) {
        if (all.stream().anyMatch(one -> one.name().equals(name))) {
            throw new IllegalArgumentException(
                    name + " is an operator already; one person, one name");
        }
        all.stream()
                .filter(one -> one.hash().equals(token.hash()))
                .forEach(one -> refuse(one.name()));
        all.add(
                new Operator(
                        name,
                        token.salt(),
                        token.hash(),
                        by,
                        grant.equals(Grant.ALL)
                                ? null
                                : grant.rights().stream().map(Words::of).toList(),
                        orNull(grant.environments()),
                        orNull(grant.owners()),
                        grant.until().map(Instant::toString).orElse(null)));
        write(all);
    }

    /// Removes an operator, whose token is void from now on.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public void remove(String name) {
        locked(() -> removeFromFile(name));
    }

    private void removeFromFile(String name) {
        var left = read().stream().filter(one -> !one.name().equals(name)).toList();
        if (left.size() == read().size()) {
            throw new IllegalArgumentException("there is no operator " + name);
        }
        write(left);
    }

    private static @Nullable List<String> orNull(Set<String> names) {
        return names.isEmpty() ? null : List.copyOf(names);
    }

    /// Whose token it is, expired or not. Takes as long for a wrong token as for a right one.
    public Optional<String> who(String token) {
        return known(token).map(Known::name);
    }

    /// An operator who is one still, with the very token that he had before.
    public Optional<Known> still(String name, String key) {
        return read().stream()
                .filter(one -> one.name().equals(name) && one.key().equals(key))
                .map(one -> new Known(name, key, one.grant()))
                .findFirst();
    }

    /// Whose token it is and what it is good for, expired or not.
    public Optional<Known> known(String token) {
        var found = Optional.<Known>empty();
        for (var one : read()) {
            if (new HashedToken(one.salt(), one.hash()).isOf(token)) {
                found = Optional.of(new Known(one.name(), one.key(), one.grant()));
            }
        }
        return found;
    }

    /// One change at a time, whichever process makes it.
    private void locked(Runnable change) {
        var lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (Operators.class) { // a process locks a file for all of its threads
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (var channel =
                                FileChannel.open(
                                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    change.run();
                }
            } catch (IOException e) {
                throw new OperationFailed(
                        Code.FILE_UNUSABLE, lock + " can't be used: " + e.getMessage(), e);
            }
        }
    }

    private List<Operator> read() {
        try {
            return Files.exists(file)
                    ? JSON.readValue(file.toFile(), new TypeReference<List<Operator>>() {})
                    : List.of();
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, "operators can't be read: " + e.getMessage(), e);
        }
    }

    private void write(List<Operator> all) {
        try {
            PrivateFile.write(
                    file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, "operators can't be written: " + e.getMessage(), e);
        }
    }
}
