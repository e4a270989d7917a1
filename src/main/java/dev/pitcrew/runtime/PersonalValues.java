package dev.pitcrew.runtime;

import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Opening;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What of an entry is personal: who, and what somebody wrote. The ledger has commitments in its place; this puts the clear
/// values back where they are still known, and elsewhere a name that tells one erased value from another.
public final class PersonalValues {
    private static final String WHO = "by";
    private static final String OPERATOR = "operator";
    private static final Set<String> WRITTEN = Set.of(WHO, "reason", "finding");
    private static final Set<String> REPEATING = Set.of("reason", "detail");
    private static final Pattern REPEATED = Pattern.compile("(aborted|down) by ");
    private static final int DIGITS = 12; // of a hash, in an erased value's name

    private final EventCodec codec = new EventCodec();

    /// Whether a value of an event is personal. An event that says by whom is an operator's, in whose own words it gives a
    /// reason or a finding; others may repeat an operator's name and words.
    ///
    /// @param isOperators whether the event says by whom
    /// @param key of the value
    static boolean isPersonal(boolean isOperators, String key, String text) {
        if (text.isEmpty()) {
            return false;
        }
        return key.equals(OPERATOR)
                || (isOperators
                        ? WRITTEN.contains(key)
                        : REPEATING.contains(key) && REPEATED.matcher(text).lookingAt());
    }

    /// Whether a value is a name, which has the same commitment in all entries.
    static boolean isName(String key) {
        return key.equals(WHO) || key.equals(OPERATOR);
    }

    /// An entry for people and for folding, with what is still known in the clear.
    ///
    /// @param openings of commitments, as far as they are known
    /// @return with `erased:` and twelve digits for each value that nobody knows any more, the same for the same name
    public Entry opened(Entry entry, Function<Commitment, Optional<Opening>> openings) {
        return switch (entry.form()) {
            case CLEAR -> entry;
            case COMMITTED ->
                    commitments(entry).findAny().isEmpty()
                            ? entry
                            : new Entry(
                                    entry.index(),
                                    entry.at(),
                                    entry.type(),
                                    opened(entry.by(), openings),
                                    entry.subject(),
                                    codec.withTexts(
                                            entry.body(), (_, text) -> opened(text, openings)),
                                    entry.form());
        };
    }

    private static String opened(String text, Function<Commitment, Optional<Opening>> openings) {
        return Commitment.in(text)
                .map(one -> openings.apply(one).map(Opening::clear).orElseGet(() -> erased(one)))
                .orElse(text);
    }

    /// How an erased value is called: no operator can have such a name.
    static String erased(Commitment commitment) {
        return "erased:" + commitment.digest().hex().substring(0, DIGITS);
    }

    /// All that may stand for a personal value in an entry.
    static Stream<Commitment> commitments(Entry entry) {
        return Stream.concat(Commitment.allIn(entry.by()), Commitment.allIn(entry.body()));
    }

    /// What stands for names in an entry.
    public List<Commitment> names(Entry entry) {
        return commitments(entry, true);
    }

    /// What stands for other personal values in an entry.
    public List<Commitment> texts(Entry entry) {
        return commitments(entry, false);
    }

    private List<Commitment> commitments(Entry entry, boolean areNames) {
        var found = new LinkedHashSet<Commitment>();
        if (entry.form() == Entry.Form.COMMITTED && commitments(entry).findAny().isPresent()) {
            if (areNames) {
                Commitment.in(entry.by()).ifPresent(found::add);
            }
            var _ =
                    codec.withTexts(
                            entry.body(),
                            (key, text) -> {
                                if (isName(key) == areNames) {
                                    Commitment.in(text).ifPresent(found::add);
                                }
                                return text;
                            });
        }
        return List.copyOf(found);
    }
}
