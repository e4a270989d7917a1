package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Secrets of a service that stand in plain text.
public final class SecretRules {
    private static final Set<String> SECRET_WORDS =
            Set.of(
                    "PASSWORD",
                    "PASSWD",
                    "PASSPHRASE",
                    "SECRET",
                    "TOKEN",
                    "KEY",
                    "APIKEY",
                    "CREDENTIAL",
                    "CREDENTIALS");

    /// At the end of a variable's name they say that it tells where or what the secret is, not the secret.
    private static final Set<String> ABOUT =
            Set.of("FILE", "PATH", "DIR", "FOLDER", "URL", "ID", "NAME");

    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<name>-{0,2}[A-Za-z][A-Za-z0-9_-]*)=(?<value>.*)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/"); // of a file with the secret
    private static final Pattern URL_WITH_PASSWORD =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@");

    private final Node service;
    private final Consumer<Problem> problems;

    SecretRules(Node service, Consumer<Problem> problems) {
        this.service = service;
        this.problems = problems;
    }

    void check() {
        for (Entry variable : service.entriesAt("env")) {
            if (!(variable.value() instanceof Scalar value)) {
                continue;
            }
            if (soundsSecret(variable.name()) && !literal(value).isEmpty()) {
                report(
                        value.place(),
                        "%s looks like a secret in plain text; move it to secrets, such as %s: {file: …}"
                                .formatted(variable.name(), variable.name()));
            } else {
                passwordInUrl(value);
            }
        }
        for (Entry secret : service.entriesAt("secrets")) {
            secret.value()
                    .scalarAt("text")
                    .filter(text -> new Template(text.text()).variables().isEmpty())
                    .ifPresent(
                            text ->
                                    report(
                                            text.place(),
                                            "the text of %s has no ${NAME}, so the secret stands there itself; move it to a file of lines"
                                                    .formatted(secret.name())));
            secret.value().scalarAt("text").ifPresent(this::passwordInUrl);
        }
        secretWords(service.scalarsAt("command"));
        for (String key : List.of("probes", "hooks")) {
            for (Entry entry : service.entriesAt(key)) {
                secretWords(entry.value().scalarsAt("command"));
            }
        }
    }

    /// `--password=…`, `PASSWORD=…`, or `--password` with the next word.
    private void secretWords(List<Scalar> words) {
        var option = "";
        for (Scalar word : words) {
            var given = ASSIGNMENT.matcher(word.text());
            if (!option.isEmpty() && !literal(word).startsWith("-")) {
                plainArgument(option, word, literal(word));
            } else if (given.matches()) {
                var value = new Template(given.group("value")).fill(_ -> "");
                plainArgument(given.group("name"), word, value);
            }
            passwordInUrl(word);
            option = OPTION.matcher(word.text()).matches() ? word.text() : "";
        }
    }

    private void plainArgument(String option, Scalar word, String value) {
        var bare = option.replaceFirst("^-+", "");
        if (soundsSecret(bare) && !value.isEmpty() && !PATH.matcher(value).lookingAt()) {
            report(
                    word.place(),
                    "the argument %s looks like a secret in plain text; hand it over by secrets, such as %s: {file: …}"
                            .formatted(option, bare.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
    }

    private void passwordInUrl(Scalar value) {
        if (URL_WITH_PASSWORD.matcher(literal(value)).find()) {
            report(
                    value.place(),
                    "a URL with a password in plain text; move it to secrets, such as URL: {file: …}");
        }
    }

    /// Whether it is a secret, or has one in it: by the variable's name, or as a URL with a password.
    public static boolean isSecret(String variable, String value) {
        return soundsSecret(variable) || URL_WITH_PASSWORD.matcher(value).find();
    }

    /// What stands there whatever the variables are.
    private static String literal(Scalar value) {
        return new Template(value.text()).fill(_ -> "");
    }

    /// Whether a variable of this name holds a secret.
    public static boolean soundsSecret(String variable) {
        List<String> words = List.of(variable.toUpperCase(Locale.ROOT).split("[_-]", -1));
        return words.stream().anyMatch(SECRET_WORDS::contains) && !ABOUT.contains(words.getLast());
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
