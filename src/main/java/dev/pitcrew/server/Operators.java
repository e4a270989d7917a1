package dev.pitcrew.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may ask the controller for something. Of a token only a salted hash is kept: it is 256 random bits, so a slow hash would add nothing.
///
/// The file is read anew each time, so that who was removed is out at once.
public final class Operators {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
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
    record Operator(String name, String salt, String hash) {}

    /// Their names, in the order in which they were added.
    public List<String> names() {
        return read().stream().map(Operator::name).toList();
    }

    /// Adds an operator and makes a token, which is never to be seen again.
    ///
    /// @throws IllegalArgumentException when the name is taken or is no name
    public String add(String name) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = "pc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        add(name, token);
        return token;
    }

    /// Adds an operator with a token that exists already.
    ///
    /// @throws IllegalArgumentException when the name is taken or is no name, when the token is somebody's, or is too short to be random
    public void add(String name, String token) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an operator's name has lower-case letters, digits, dots and dashes, got '"
                            + name
                            + "'");
        }
        if (token.length() < 43) {
            throw new IllegalArgumentException(
                    "a token has at least 43 characters: 256 random bits");
        }
        var all = new ArrayList<>(read());
        if (all.stream().anyMatch(one -> one.name().equals(name))) {
            throw new IllegalArgumentException(
                    name + " is an operator already; one person, one name");
        }
        who(token)
                .ifPresent(
                        other -> {
                            throw new IllegalArgumentException(
                                    "that token is " + other + "'s; one token, one person");
                        });
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        all.add(
                new Operator(
                        name,
                        HexFormat.of().formatHex(salt),
                        HexFormat.of().formatHex(hash(salt, token))));
        write(all);
    }

    /// Removes an operator, whose token is void from now on.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public void remove(String name) {
        var left = read().stream().filter(one -> !one.name().equals(name)).toList();
        if (left.size() == read().size()) {
            throw new IllegalArgumentException("there is no operator " + name);
        }
        write(left);
    }

    /// Whose token it is. Takes as long for a wrong token as for a right one.
    public Optional<String> who(String token) {
        var found = Optional.<String>empty();
        for (var one : read()) {
            var expected = HexFormat.of().parseHex(one.hash());
            if (MessageDigest.isEqual(expected, hash(HexFormat.of().parseHex(one.salt()), token))) {
                found = Optional.of(one.name());
            }
        }
        return found;
    }

    private static byte[] hash(byte[] salt, String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
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
