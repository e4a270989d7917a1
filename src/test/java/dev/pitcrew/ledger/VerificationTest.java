package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private final SigningKey key = Samples.key();
    private final TestingStore store = new TestingStore();
    private SignedNote last;

    @BeforeEach
    void fill() {
        var ledger = Ledger.open(store, key);
        ledger.append(Samples.entries(0, 10));
        ledger.checkpoint();
        ledger.append(Samples.entries(10, 20));
        last = ledger.checkpoint();
    }

    @Test
    void an_untouched_export_is_whole() throws IOException {
        assertThat(verified(lines -> lines)).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void each_changed_character_of_each_entry_names_that_entry() throws IOException {
        var exported = exported();
        int first = exported.indexOf("entries") + 1;
        for (int entry = 0; entry < 20; entry++) {
            var line = exported.get(first + entry);
            for (int at = 0; at < line.length(); at++) {
                var changed = new ArrayList<>(exported);
                char other = line.charAt(at) == '5' ? '6' : '5';
                changed.set(first + entry, line.substring(0, at) + other + line.substring(at + 1));
                var verdict = (Verdict.Broken) verify(changed, List.of());
                assertThat(verdict.first()).as(changed.get(first + entry)).isEqualTo(entry);
            }
        }
    }

    @Test
    void a_removed_entry_is_named() throws IOException {
        assertThat(verified(lines -> without(lines, 7)))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REMOVED, 7, 7));
    }

    @Test
    void two_exchanged_entries_are_reordered_and_named_by_the_first() throws IOException {
        assertThat(verified(lines -> exchanged(lines, 3, 12)))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REORDERED, 3, 3));
        assertThat(verified(lines -> exchanged(lines, 18, 19)))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REORDERED, 18, 18));
    }

    @Test
    void exchanged_entries_are_reordered_also_when_they_are_numbered_anew() throws IOException {
        assertThat(verified(lines -> numbered(exchanged(lines, 3, 12))))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REORDERED, 3, 3));
    }

    @Test
    void an_entry_removed_and_the_rest_numbered_anew_has_another_in_its_place() throws IOException {
        assertThat(verified(lines -> numbered(without(lines, 7))))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REPLACED, 7, 7));
    }

    @Test
    void an_end_cut_off_is_named_by_the_checkpoint_that_remembers_it() throws IOException {
        assertThat(verified(lines -> lines.subList(0, lines.size() - 4)))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REMOVED, 16, 19));
    }

    @Test
    void a_history_rewritten_with_all_its_hashes_is_placed_between_two_checkpoints() {
        var forged = new TestingStore();
        var ledger = Ledger.open(forged, key);
        ledger.append(Samples.entries(0, 12));
        ledger.append(
                Samples.entries(90, 98)); // the forger recomputes hashes and links, but has no key
        store.checkpoints().forEach(note -> forged.putCheckpoint(0, note));
        store.checkpoints().forEach(note -> forged.putCheckpoint(note.hashCode(), note));

        assertThat(Verification.verify(History.of(forged, key.verifier())))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REWRITTEN, 10, 19));
    }

    @Test
    void a_history_cut_together_with_its_checkpoints_is_told_by_one_that_was_kept() {
        var cut = new TestingStore();
        Ledger.open(cut, key).append(Samples.entries(0, 15));

        assertThat(Verification.verify(History.of(cut, key.verifier()), List.of(last)))
                .isEqualTo(new Verdict.Broken(Verdict.Kind.REMOVED, 15, 19));
    }

    @Test
    void a_checkpoint_by_another_key_is_not_believed() {
        assertThat(Verification.verify(History.of(store, Samples.key().verifier())))
                .isInstanceOf(Verdict.Untrusted.class);
    }

    @Test
    void a_history_made_up_with_a_key_of_its_own_is_told_by_the_key_that_was_expected() {
        var other = Samples.key().verifier();

        assertThat(Verification.verify(History.of(store, key.verifier()), other, List.of()))
                .isInstanceOfSatisfying(
                        Verdict.Untrusted.class,
                        verdict -> assertThat(verdict.why()).contains(other.toString()));
    }

    private static List<String> exchanged(List<String> lines, int one, int other) {
        int first = lines.indexOf("entries") + 1;
        Collections.swap(lines, first + one, first + other);
        return lines;
    }

    private static List<String> numbered(List<String> lines) {
        int first = lines.indexOf("entries") + 1;
        for (int i = first; i < lines.size(); i++) {
            lines.set(i, lines.get(i).replaceFirst("^\\d+", "" + (i - first)));
        }
        return lines;
    }

    private Verdict verified(UnaryOperator<List<String>> tamper) throws IOException {
        return verify(tamper.apply(new ArrayList<>(exported())), List.of());
    }

    private static Verdict verify(List<String> lines, List<SignedNote> kept) throws IOException {
        var text = String.join("\n", lines) + "\n";
        return Verification.verify(Export.read(new BufferedReader(new StringReader(text))), kept);
    }

    private List<String> exported() throws IOException {
        var out = new StringWriter();
        Export.write(store, key.verifier(), List.of(), out);
        return out.toString().lines().toList();
    }

    private static List<String> without(List<String> lines, int entry) {
        lines.remove(lines.indexOf("entries") + 1 + entry);
        return lines;
    }
}
