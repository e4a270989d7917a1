package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency.Pinning;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// One requirement as Python writes it: `ccxt[pro]>=4.2,<5 ; python_version >= "3.11"`.
///
/// @param name in lower case, with `-` for `_` and `.`
/// @param version as it is written; empty when none is
record PythonRequirement(String name, String version, Pinning pinning) {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\s*([A-Za-z0-9][A-Za-z0-9._-]{0,100})\\s*(?:\\[[^\\]]{0,200}])?\\s*(@.{0,500}|[(~=<>!][^;#]{0,200})?\\s*(?:;.*)?");

    static Optional<PythonRequirement> of(String text) {
        String bare = text.replaceAll("(^|\\s)#.*", "").replaceAll("\\s--[a-z].*", "").strip();
        var form = FORM.matcher(bare);
        if (bare.isEmpty() || bare.length() > 1000 || !form.matches()) {
            return Optional.empty();
        }
        String version = form.group(2) == null ? "" : form.group(2).strip();
        return Optional.of(new PythonRequirement(normal(form.group(1)), version, pinning(version)));
    }

    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]+", "-");
    }

    private static Pinning pinning(String version) {
        if (version.isEmpty()) {
            return Pinning.NONE;
        }
        if (version.startsWith("@")) {
            return version.matches("(?s).*(@[0-9a-f]{40}|#sha256=|\\.whl|\\.tar\\.gz).*")
                    ? Pinning.EXACT
                    : Pinning.RANGE;
        }
        String open = version.replaceAll("[()]", "");
        return open.matches("={2,3}[^*,]+") || open.matches(".*,\\s*==[^*,]+")
                ? Pinning.EXACT
                : Pinning.RANGE;
    }
}
