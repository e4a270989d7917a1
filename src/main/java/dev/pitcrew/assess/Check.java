package dev.pitcrew.assess;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks for one thing that costs desks money, orders or nights. Pure: the same subject gives the same findings.
///
/// One class, one page (docs/checks/CODE.md, with why it matters, what to do, a bad and a good example) and one golden file of the same code.
public interface Check {
    /// Who it is; the page's head says the same.
    Id id();

    /// Says what it finds.
    void look(Subject subject, Report report);

    /// @param code such as `TRD-001`; never used again for another check
    /// @param name in lower-case words with dashes
    /// @param severity on a service of which nothing is known; role and environment change it
    /// @param summary what is wrong, in one sentence without a full stop
    /// @param page of a check that brings its own; the others' are in docs/checks
    record Id(
            String code, String name, Severity severity, String summary, Optional<CheckPage> page) {
        /// One of this build.
        public Id(String code, String name, Severity severity, String summary) {
            this(code, name, severity, summary, Optional.empty());
        }

        private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2,3}-[0-9]{3}");
        private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

        public Id {
            if (!CODE.matcher(code).matches() || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "not a check's code and name: " + code + " " + name);
            }
        }

        /// Whether a word means it: its code, its name or its family's prefix.
        boolean isCalled(String word) {
            String upper = word.toUpperCase(Locale.ROOT);
            return code.equals(upper) || family().prefix().equals(upper) || name.equals(word);
        }

        /// The family, told by the code.
        public Family family() {
            for (var family : Family.values()) {
                if (code.startsWith(family.prefix() + "-")) {
                    return family;
                }
            }
            throw new IllegalStateException("no family has the code " + code);
        }
    }
}
