package dev.pitcrew.read.secret;

import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells a secret from a reference to one, a placeholder for one, and a guess.
final class SecretValues {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$.*|.*(\\{\\{|\\$\\{|\\$\\(|%\\(|<%|os\\.|environ|getenv|process\\.env|vault:|op://|arn:|ref\\+|sops|ENC\\[|!secret|/run/secrets).*");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    ".*(your|xxx|\\*\\*\\*|\\.\\.\\.|<|>|example|placeholder|insert|todo|replace|dummy|fake|sample|enter|_here|-here|redacted|not-a-real|none|null|false|true|optional|secretref|000000|abc123|12345678|:::|123456789abcdef).*");
    private static final Set<String> GUESSES =
            Set.of(
                    "postgres",
                    "password",
                    "passw0rd",
                    "pass",
                    "admin",
                    "root",
                    "secret",
                    "guest",
                    "user",
                    "test",
                    "redis",
                    "rabbitmq",
                    "minioadmin",
                    "mysecretpassword",
                    "supersecret",
                    "trading",
                    "trader",
                    "trade",
                    "grafana",
                    "qwerty",
                    "letmein",
                    "default",
                    "dev",
                    "local");
    private static final Pattern GUESS =
            Pattern.compile(
                    "(change|changeme|change_me|change-me|super|my|dev|admin|root|postgres|password|pass|secret|default|local|insecure|trading|trader|test|demo|user)[_-]?[a-z_-]{0,30}[0-9]{0,4}!?|[0-9]{1,10}");

    /// The keys of development chains that every wallet tool prints.
    private static final Set<String> KNOWN_TO_ALL =
            Set.of(
                    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
                    "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
                    "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
                    "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d");

    private SecretValues() {}

    /// Whether it names something rather than being it: a variable, a file, the address of an account or a contract.
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches() || ADDRESS.matcher(value).matches();
    }

    static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDER.matcher(lower).matches() || lower.chars().distinct().count() < 4;
    }

    /// Whether everyone would try it.
    static boolean isGuess(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return GUESSES.contains(lower) || GUESS.matcher(lower).matches();
    }

    static boolean isWalletKey(String value) {
        String hex = value.startsWith("0x") ? value.substring(2) : value;
        return hex.matches("[0-9a-fA-F]{64}")
                && hex.chars().distinct().count() > 6
                && !KNOWN_TO_ALL.contains(hex.toLowerCase(Locale.ROOT));
    }

    /// Whether it looks drawn rather than written: long enough, of letters and digits, without the repeats of words.
    static boolean isDrawn(String value, int lengthMin) {
        return value.length() >= lengthMin
                && value.chars().allMatch(c -> c > 32 && c < 127)
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter)
                && !value.contains("/")
                && bitsPerCharacter(value) >= 3;
    }

    private static double bitsPerCharacter(String value) {
        var counts = new HashMap<Character, Integer>();
        for (int i = 0; i < value.length(); i++) {
            counts.merge(value.charAt(i), 1, Integer::sum);
        }
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / value.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
