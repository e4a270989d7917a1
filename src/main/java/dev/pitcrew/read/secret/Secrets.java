package dev.pitcrew.read.secret;

import dev.pitcrew.model.infra.IgnoreList;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.SecretText.Shape;
import dev.pitcrew.model.infra.SecretText.Sort;
import dev.pitcrew.read.docker.IgnoreFiles;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Looks for secrets in all files that configure something. A file that git leaves out holds nothing that others could read, so it is left out here as well.
public final class Secrets implements Format {
    private static final int LINE_MAX = 1_000;
    private static final int FOUND_MAX = 200;
    private static final Function<SourceFile, List<SecretText>> FOUND = Secrets::in;
    private static final Pattern FILES =
            Pattern.compile(
                    "(?i)(.*/)?(\\.env[^/]*|[^/]*\\.(env|ya?ml|json|toml|ini|cfg|conf|properties|tfvars|sh|bash|py|xml|pem|key|dockerfile)|(docker|container)file[^/]*|id_(rsa|ed25519|ecdsa)|[^/.]+)");
    private static final Pattern NOT_THESE =
            Pattern.compile(
                    "(?i)(.*/)?(package-lock\\.json|pnpm-lock\\.yaml|[^/]*\\.(schema|min)\\.json|[^/]*openapi[^/]*|license|readme|changelog|[^/]*\\.sops\\.ya?ml)");
    private static final Pattern PAIR =
            Pattern.compile(
                    "(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9_.-]{1,80}+)[\"']?\\s{0,10}(?:=|:|=>|:=)\\s{0,10}(\"[^\"]{1,300}\"|'[^']{1,300}'|\\$\\{[^}\\s]{1,200}}|[^\\s\"'#,;]{3,300})");
    private static final Pattern DEFAULT =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]{0,80}):?-([^{}$\\s\"']{1,200})}");

    /// Words of keys that a program makes for itself.
    private static final Set<String> OWN =
            Set.of("password", "jwt", "encryption", "signing", "session", "cookie", "app", "flask");

    /// Whose -> what it looks like, whatever its key is called.
    private static final Map<String, Pattern> KNOWN = known();

    /// What a file has to hold somewhere for one of them to be in it: looking for it costs little.
    private static final Map<String, List<String>> SIGNS =
            Map.of(
                    "AWS", List.of("AKIA"),
                    "GitHub", List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
                    "GitLab", List.of("glpat-"),
                    "Slack", List.of("xox", "hooks.slack.com"),
                    "Discord", List.of("/api/webhooks/"),
                    "Telegram", List.of(":AA"),
                    "Stripe", List.of("sk_live_"),
                    "Anthropic or OpenAI", List.of("sk-"),
                    "SendGrid", List.of("SG."));

    private static Map<String, Pattern> known() {
        var known = new LinkedHashMap<String, Pattern>();
        known.put("AWS", Pattern.compile("\\b(AKIA[0-9A-Z]{16})\\b"));
        known.put(
                "GitHub",
                Pattern.compile(
                        "\\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,90})\\b"));
        known.put("GitLab", Pattern.compile("\\b(glpat-[A-Za-z0-9_-]{20})\\b"));
        known.put(
                "Slack",
                Pattern.compile(
                        "(xox[bap]-[0-9A-Za-z-]{20,200}|hooks\\.slack\\.com/services/T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{20,30})"));
        known.put(
                "Discord",
                Pattern.compile(
                        "discord(?:app)?\\.com/api/webhooks/([0-9]{16,20}/[A-Za-z0-9_-]{60,80})"));
        known.put("Telegram", Pattern.compile("\\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})\\b"));
        known.put("Stripe", Pattern.compile("\\b(sk_live_[A-Za-z0-9]{20,100})\\b"));
        known.put(
                "Anthropic or OpenAI",
                Pattern.compile("\\b(sk-(?:ant|proj)-[A-Za-z0-9_-]{40,200})\\b"));
        known.put(
                "SendGrid",
                Pattern.compile("\\b(SG\\.[A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{40,45})\\b"));
        return known;
    }

    private static List<SecretText> in(SourceFile file) {
        return List.copyOf(new Scan(file).all().values());
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILES.matcher(file.path()).matches()
                && !NOT_THESE.matcher(file.path()).matches()
                && !file.once(FOUND).isEmpty();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var ignored =
                sources.all().stream()
                        .filter(file -> file.name().equals(".gitignore"))
                        .map(IgnoreFiles::list)
                        .toList();
        for (SourceFile file : files) {
            if (ignored.stream().noneMatch((IgnoreList list) -> list.ignores(file.path()))) {
                file.once(FOUND).forEach(found::fact);
            }
        }
    }

    /// One pass over a file.
    private static final class Scan {
        private final SourceFile file;
        private final Map<String, SecretText> found = new LinkedHashMap<>();
        private final Map<String, Boolean> told = new HashMap<>();
        private final boolean isCode;
        private final boolean isExample;
        private final List<Map.Entry<String, Pattern>> issuers;

        Scan(SourceFile file) {
            this.file = file;
            this.isCode = file.name().endsWith(".py");
            this.issuers =
                    KNOWN.entrySet().stream()
                            .filter(
                                    issuer ->
                                            SIGNS.getOrDefault(issuer.getKey(), List.of()).stream()
                                                    .anyMatch(file.text()::contains))
                            .toList();
            this.isExample =
                    file.name()
                                    .matches(
                                            "(?i).*[._-](example|sample|template|dist|tpl|default)s?\\b.*")
                            || file.name().matches("(?i)(example|sample|template)[._-].*");
        }

        /// The lines in which a word stands that the name of every secret has. There is much code, and looking for these words costs little.
        private BitSet named() {
            var lines = new BitSet();
            String text = file.text().toLowerCase(Locale.ROOT);
            if (text.length() != file.text().length()) { // a letter that has two as a small one
                lines.set(1, file.lines() + 1);
                return lines;
            }
            for (String word : SecretNames.ANY) {
                for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                    lines.set(file.place(at).line());
                }
            }
            return lines;
        }

        Map<String, SecretText> all() {
            var named = named();
            String nameBefore = "";
            for (int number = 1; number <= file.lines() && found.size() < FOUND_MAX; number++) {
                if (issuers.isEmpty() && nameBefore.isEmpty() && !named.get(number)) {
                    continue;
                }
                String line = file.line(number);
                if (line.length() > LINE_MAX) {
                    continue;
                }
                known(line, number);
                if (line.stripLeading().startsWith("#") || line.stripLeading().startsWith("//")) {
                    nameBefore = "";
                    continue;
                }
                boolean mayPair =
                        (!nameBefore.isEmpty() || named.get(number))
                                && (line.indexOf('=') >= 0 || line.indexOf(':') >= 0)
                                && (!isCode || line.indexOf('"') >= 0 || line.indexOf('\'') >= 0);
                nameBefore = mayPair ? pairs(line, number, nameBefore) : "";
            }
            return found;
        }

        private void known(String line, int number) {
            int begin = line.indexOf("-----BEGIN ");
            if (begin >= 0
                    && line.contains("PRIVATE KEY-----")
                    && !line.contains("ENCRYPTED")
                    && !isCode
                    && hasBody(line, number)) {
                add(number, begin, "", Sort.PRIVATE_KEY, Shape.LITERAL, "", 0);
            }
            if (line.length() < 20) {
                return;
            }
            issuers.forEach(
                    issuer -> {
                        var match = issuer.getValue().matcher(line);
                        if (match.find()
                                && !SecretValues.isPlaceholder(match.group(1))
                                && SecretValues.isDrawn(match.group(1).replace("/", ""), 12)) {
                            add(
                                    number,
                                    match.start(1),
                                    "",
                                    Sort.TOKEN,
                                    Shape.LITERAL,
                                    issuer.getKey(),
                                    match.group(1).length());
                        }
                    });
        }

        /// Whether key material follows, rather than a placeholder.
        private boolean hasBody(String line, int number) {
            String next = number < file.lines() ? file.line(number + 1).strip() : "";
            return next.matches("[A-Za-z0-9+/=]{40,80}")
                    || line.matches(".*PRIVATE KEY-----\\\\n[A-Za-z0-9+/=]{40,}.*");
        }

        private String pairs(String line, int number, String nameBefore) {
            String nameHere = "";
            var pair = PAIR.matcher(line);
            int at = 0;
            while (pair.find(at)) {
                String name = pair.group(1);
                String value = pair.group(2);
                int start = pair.start(2);
                boolean quoted = value.startsWith("\"") || value.startsWith("'");
                if (quoted) {
                    value = value.substring(1, value.length() - 1);
                    start++;
                }
                at = SecretNames.sort(name).isPresent() ? pair.end() : pair.start(2);
                if (name.equals("name")) {
                    nameHere = value;
                } else {
                    String key = name.equals("value") && !nameBefore.isEmpty() ? nameBefore : name;
                    if (!isCode || quoted) {
                        judge(number, start, key, value);
                    }
                }
            }
            return nameHere;
        }

        private void judge(int number, int start, String name, String value) {
            var sort = SecretNames.sort(name);
            var other = DEFAULT.matcher(value);
            if (other.find()) {
                String key = other.start() == 0 ? name : "";
                defaulted(number, start + other.start(), key, other.group(1), other.group(2));
                return;
            }
            if (sort.isEmpty() || SecretValues.isReference(value)) {
                return;
            }
            if (sort.get() == Sort.WALLET) {
                if (SecretValues.isWalletKey(value) || isPhrase(value)) {
                    add(number, start, name, Sort.WALLET, Shape.LITERAL, "", value.length());
                }
                return;
            }
            boolean opens = sort.get() == Sort.VENUE || sort.get() == Sort.TOKEN;
            if (opens && SecretValues.isDrawn(value, 20) && !SecretValues.isPlaceholder(value)) {
                var venue = SecretNames.venue(name).or(this::venueOfFile);
                boolean ofVenue =
                        sort.get() == Sort.VENUE || (isBareKey(name) && venue.isPresent());
                add(
                        number,
                        start,
                        name,
                        ofVenue ? Sort.VENUE : Sort.TOKEN,
                        Shape.LITERAL,
                        ofVenue ? venue.orElse("") : "",
                        value.length());
            } else if (sort.get() == Sort.PASSWORD && !isExample && !isCode) {
                password(number, start, name, value);
            }
        }

        private void password(int number, int start, String name, String value) {
            if (SecretValues.isGuess(value)) {
                add(number, start, name, Sort.PASSWORD, Shape.GUESSABLE, "", value.length());
            } else if (!SecretValues.isPlaceholder(value) && SecretValues.isDrawn(value, 10)) {
                var venue = isBareKey(name) ? venueOfFile() : Optional.<String>empty();
                add(
                        number,
                        start,
                        name,
                        venue.isPresent() && value.length() >= 20 ? Sort.VENUE : Sort.PASSWORD,
                        Shape.LITERAL,
                        venue.orElse(""),
                        value.length());
            }
        }

        private void defaulted(int number, int start, String key, String variable, String value) {
            var sort = SecretNames.sort(variable).or(() -> SecretNames.sort(key));
            if (sort.isPresent() && !isExample && value.length() >= 3) {
                add(
                        number,
                        start,
                        variable,
                        sort.get(),
                        Shape.DEFAULT,
                        SecretNames.venue(variable).orElse(""),
                        value.length());
            }
        }

        private static boolean isPhrase(String value) {
            String[] words = value.strip().split("\\s+");
            return (words.length == 12 || words.length == 24)
                    && value.matches("[a-z\\s]+")
                    && List.of(words).stream().distinct().count() > 8;
        }

        /// Whether the name says nothing but that it is a key: whose, its file has to tell.
        private static boolean isBareKey(String name) {
            var words = SecretNames.words(name);
            return words.size() <= 2 && words.stream().noneMatch(OWN::contains);
        }

        private Optional<String> venueOfFile() {
            return SecretNames.venueIn(
                    file.text()
                            .substring(0, Math.min(file.text().length(), 20_000))
                            .replaceAll("[^A-Za-z]+", "_"));
        }

        private void add(
                int number,
                int start,
                String name,
                Sort sort,
                Shape shape,
                String issuer,
                int length) {
            String key = number + ":" + (shape == Shape.LITERAL ? "" : start);
            if (told.putIfAbsent(key, true) == null) { // one secret, told by its name or its form
                found.put(
                        key,
                        new SecretText(
                                "secrets",
                                file.place(number, start + 1),
                                name,
                                sort,
                                shape,
                                issuer,
                                length));
            }
        }
    }
}
