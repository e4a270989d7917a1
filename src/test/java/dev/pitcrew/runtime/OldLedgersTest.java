package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Export;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.InclusionProof;
import dev.pitcrew.ledger.LeafHashes;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.Proofs;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every release reads what earlier ones wrote. `src/test/golden/ledger` holds their ledgers as they were exported; those of
/// a release stay as they are for ever, and a new type of entry gets a new file ([EveryEvent]).
class OldLedgersTest {
    private static final Path FIRST = Path.of("src/test/golden/ledger/release-1.ledger");
    private static final Path PROOF = Path.of("src/test/golden/ledger/release-1.ledger.tlog-proof");
    private static final Path SECOND = Path.of("src/test/golden/ledger/release-2.ledger");
    private static final VerifierKey KEY =
            VerifierKey.parse(
                    "demo-desk/paper+7620b782+Af/1Zdqpl" + "0QGAQ7OKNSF50ei1mbe3p/WvId7TMmYDmJO");
    private static final Path SECOND_PROOF =
            Path.of("src/test/golden/ledger/release-2.ledger.tlog-proof");
    private static final Path JUDGING = Path.of("src/test/golden/ledger/release-3-judging.ledger");
    private static final VerifierKey JUDGING_KEY =
            VerifierKey.parse(
                    "demo-desk/paper+b9bf442c+AbZGX3Jw1pvz8w9c5Kz0BIRO4soYk798iDHAdRQ2vBfS");
    private static final VerifierKey SECOND_KEY =
            VerifierKey.parse(
                    "demo-desk/paper+75d24628+ASk/FII/j" + "n3FMOWfMyWBuCoN6/Ld1RGT4cSQ1YVnGGQE");

    private final EventCodec codec = new EventCodec();

    static Stream<Arguments> ledgers() {
        return Stream.of(
                Arguments.of(FIRST, KEY),
                Arguments.of(SECOND, SECOND_KEY),
                Arguments.of(JUDGING, JUDGING_KEY));
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void it_is_whole_and_signed_by_the_key_that_signed_it_then(Path file, VerifierKey key)
            throws IOException {
        var verdict =
                read(file, history -> Verification.verify(history, key, checkpoints(history)));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Whole.class,
                        whole -> assertThat(whole.signed()).isEqualTo(whole.size()));
    }

    /// Their keys are thrown away, so it is signed by another one from here on.
    @ParameterizedTest
    @MethodSource("ledgers")
    void it_goes_on_with_what_this_release_writes(Path file, VerifierKey then) throws IOException {
        var store = new TestingStore();
        read(
                file,
                history -> {
                    try (var leaves = history.leaves()) {
                        leaves.forEach(
                                one -> store.append(one.index(), List.of(one.leaf()), List.of()));
                    }
                    return store.size();
                });
        var key = SigningKey.generate(then.name(), VerifierKey.Kind.NOTE);
        try (var ledger = Ledger.open(store, key)) {
            var journal = new LedgerJournal(ledger);
            var before = journal.replay();
            var next = new DeskEvent.Frozen(before.getLast().at(), "*", "ada", "goes on");
            journal.append(List.of(next));
            ledger.checkpoint();

            assertThat(new LedgerJournal(ledger).replay())
                    .startsWith(before.toArray(Event[]::new))
                    .endsWith(next);
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    @Test
    void one_with_starts_of_day_and_promotions_is_read_and_its_proof_holds() throws IOException {
        var file = Path.of("src/test/golden/ledger/start-of-day.ledger");
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/start-of-day.ledger.tlog-proof")));
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .hasAtLeastOneElementOfType(DeskEvent.OpenChecked.class)
                .hasAtLeastOneElementOfType(DeskEvent.AlarmRaised.class)
                .hasAtLeastOneElementOfType(DeskEvent.Promoted.class);
    }

    @Test
    void one_with_looks_of_the_judge_is_read_and_its_proof_holds() throws IOException {
        var file = Path.of("src/test/golden/ledger/looks.ledger");
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/looks.ledger.tlog-proof")));
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .filteredOn(JudgeEvent.Looked.class::isInstance)
                .singleElement()
                .satisfies(one -> assertThat(((JudgeEvent.Looked) one).decides()).isTrue());
    }

    @Test
    void one_with_a_shadow_is_read_and_its_proof_holds() throws IOException {
        var file = Path.of("src/test/golden/ledger/shadow.ledger");
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/shadow.ledger.tlog-proof")));
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .anyMatch(
                        one ->
                                one instanceof RolloutEvent.Finished finished
                                        && finished.outcome() == Outcome.SHADOWED);
    }

    @Test
    void one_with_a_container_that_was_to_be_taken_over_is_read_and_its_proof_holds()
            throws IOException {
        var file = Path.of("src/test/golden/ledger/adoption.ledger");
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/adoption.ledger.tlog-proof")));
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .filteredOn(KeepEvent.InstanceLeft.class::isInstance)
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(((KeepEvent.InstanceLeft) one).instance())
                                        .isEqualTo("gateway-7"));
    }

    @Test
    void one_with_kills_that_have_names_is_read_and_its_proof_holds() throws IOException {
        var file = Path.of("src/test/golden/ledger/named-kills.ledger");
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/named-kills.ledger.tlog-proof")));
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .filteredOn(DeskEvent.Killed.class::isInstance)
                .extracting(one -> ((DeskEvent.Killed) one).kill())
                .containsExactly("k1");
    }

    @Test
    void one_with_changes_of_several_instances_is_read_and_its_proof_holds() throws IOException {
        var proof =
                InclusionProof.parse(
                        Files.readString(
                                Path.of("src/test/golden/ledger/release-3.ledger.tlog-proof")));
        var file = Path.of("src/test/golden/ledger/release-3.ledger");
        var entries = entries(file);
        VerifierKey key = read(file, History::key);

        assertThat(proof.proves(entries.get((int) proof.index()), key)).isTrue();
        assertThat(events(entries))
                .filteredOn(EffectIntended.class::isInstance)
                .anyMatch(one -> ((EffectIntended) one).effect() instanceof Effect.Share);
    }

    @Test
    void its_old_proof_of_an_entry_still_holds() throws IOException {
        var proof = InclusionProof.parse(Files.readString(PROOF));
        var entries = entries(FIRST);

        assertThat(proof.proves(entries.get((int) proof.index()), KEY)).isTrue();
        assertThat(proof.proves(entries.get((int) proof.index() + 1), KEY)).isFalse();
    }

    @Test
    void its_second_checkpoint_is_a_continuation_of_the_first() throws IOException {
        var marks =
                read(FIRST, OldLedgersTest::checkpoints).stream()
                        .map(note -> Checkpoint.parse(note.text()))
                        .toList();
        var old = marks.getFirst();
        var last = marks.getLast();
        var proof = Proofs.consistency(leafHashes(), old.size(), last.size());

        assertThat(old.size()).isLessThan(last.size());
        assertThat(Proofs.consistent(old.size(), old.root(), proof, last.size(), last.root()))
                .isTrue();
    }

    @Test
    void one_with_commitments_is_whole_with_its_names_as_commitments() throws IOException {
        var verdict = read(SECOND, history -> Verification.verify(history, SECOND_KEY, List.of()));
        List<String> by =
                read(SECOND, history -> history.entries().map(Entry::by).distinct().toList());

        assertThat(verdict).isInstanceOf(Verdict.Whole.class);
        assertThat(by).contains("controller").doesNotContain("grace");
    }

    @Test
    void its_proof_of_an_entry_with_commitments_still_holds() throws IOException {
        var proof = InclusionProof.parse(Files.readString(SECOND_PROOF));
        List<Entry> entries = read(SECOND, history -> history.entries().toList());

        assertThat(proof.proves(entries.get((int) proof.index()), SECOND_KEY)).isTrue();
        assertThat(proof.proves(entries.get((int) proof.index() + 1), SECOND_KEY)).isFalse();
    }

    @Test
    void it_folds_to_the_same_desk_with_its_names_and_once_they_are_erased() throws IOException {
        var named = read(SECOND, history -> events(history, history::opening));
        var erased = read(SECOND, history -> events(history, _ -> Optional.empty()));

        assertThat(bys(named)).containsExactly("ada", "grace", "ada", "ada", "ada");
        assertThat(bys(erased).stream().map(by -> by.equals(bys(erased).get(1))))
                .containsExactly(false, true, false, false, false);
        assertThat(folded(erased).keep()).isEqualTo(folded(named).keep());
        assertThat(folded(erased).roster()).isEqualTo(folded(named).roster());
    }

    private static List<Event> events(
            History history, Function<Commitment, Optional<Opening>> openings) {
        var personal = new PersonalValues();
        var codec = new EventCodec();
        return history.entries()
                .map(entry -> personal.opened(entry, openings))
                .flatMap(entry -> codec.decode(entry.type().toString(), entry.body()).stream())
                .toList();
    }

    /// Who planned and who approved, in order.
    private static List<String> bys(List<Event> events) {
        return events.stream()
                .flatMap(
                        event ->
                                switch (event) {
                                    case RolloutEvent.Planned one -> Stream.of(one.by());
                                    case RolloutEvent.Approved one -> Stream.of(one.by());
                                    default -> Stream.of();
                                })
                .toList();
    }

    private static ServiceState folded(List<Event> events) {
        var desk = Desk.EMPTY;
        for (var event : events) {
            desk = desk.fold(event);
        }
        return desk.service("gateway");
    }

    @Test
    void all_together_have_every_event_step_and_effect() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(FIRST.getParent(), "*.ledger")) {
            for (var file : files) {
                entries.addAll(entries(file));
            }
        }
        var events = events(entries);

        assertThat(entries.stream().map(entry -> entry.type().toString()))
                .containsAll(EventCodec.TYPES.keySet());
        assertThat(events.stream().flatMap(OldLedgersTest::steps).map(Object::getClass))
                .containsAll(EventCodec.leaves(Step.class).toList());
        assertThat(events.stream().flatMap(OldLedgersTest::effects).map(Object::getClass))
                .containsAll(EventCodec.leaves(Effect.class).toList());
    }

    @Test
    void its_events_fold_to_the_desk_that_they_told_of() throws IOException {
        var desk = Desk.EMPTY;
        for (var event : events(entries(FIRST))) {
            desk = desk.fold(event);
        }
        var gateway = desk.service("gateway");

        assertThat(desk.rollouts()).isEqualTo(3);
        assertThat(desk.freeze()).isEmpty();
        assertThat(gateway.rollout())
                .containsInstanceOf(Rollout.Over.class)
                .get()
                .extracting(over -> ((Rollout.Over) over).outcome())
                .isEqualTo(Outcome.ABORTED);
        assertThat(gateway.isKilled()).isTrue();
        assertThat(gateway.keep().approved().orElseThrow().version()).isEqualTo("1");
        assertThat(gateway.keep().failed()).extracting(Release::version).containsExactly("2");
        assertThat(gateway.keep().stuck()).isEmpty();
        assertThat(gateway.keep().mends()).isEqualTo(1);
        assertThat(gateway.roster().active()).contains("gateway-1");
        assertThat(gateway.roster().token()).isEqualTo(new Token(3));
        assertThat(gateway.roster().instances().keySet()).containsExactly("gateway-1", "gateway-3");
    }

    @Test
    void a_plan_of_the_first_release_names_no_system_file_and_so_begins_under_none()
            throws IOException {
        assertThat(events(entries(FIRST)))
                .filteredOn(RolloutEvent.Planned.class::isInstance)
                .extracting(one -> ((RolloutEvent.Planned) one).plan())
                .extracting(Plan::system, Plan::purpose, Plan::overrides)
                .containsOnly(tuple("", Plan.Purpose.CHANGE, List.of()));
    }

    @Test
    void types_of_a_later_release_are_kept_and_shown_and_not_folded() throws IOException {
        var unknown = entries(FIRST).stream().filter(entry -> event(entry).isEmpty()).toList();

        assertThat(unknown)
                .extracting(entry -> entry.type().toString(), Entry::body)
                .containsExactly(
                        tuple("desk.frozen@2", "{\"until\":\"open\"}"),
                        tuple("weather.changed@1", "{\"rain\":true}"));
    }

    private List<Event> events(List<Entry> entries) {
        return entries.stream().flatMap(entry -> event(entry).stream()).toList();
    }

    private Optional<Event> event(Entry entry) {
        return codec.decode(entry.type().toString(), entry.body());
    }

    private static Stream<Step> steps(Event event) {
        return switch (event) {
            case RolloutEvent.Planned(_, _, _, var plan, _, _) ->
                    Stream.concat(plan.forward().stream(), plan.back().stream());
            case KeepEvent.MendBegun begun -> begun.course().steps().stream();
            case RolloutEvent.Started begun -> begun.course().steps().stream();
            default -> Stream.of();
        };
    }

    private static Stream<Effect> effects(Event event) {
        return event instanceof EffectIntended intended
                ? Stream.of(intended.effect())
                : Stream.of();
    }

    private static List<SignedNote> checkpoints(History history) {
        return history.checkpoints().stream().map(SignedNote::parse).toList();
    }

    private static List<Entry> entries(Path file) throws IOException {
        return read(file, history -> history.entries().toList());
    }

    private static LeafHashes leafHashes() throws IOException {
        List<Hash> hashes =
                read(FIRST, history -> history.leaves().map(leaf -> leaf.leaf().hash()).toList());
        return (from, to, action) -> hashes.subList((int) from, (int) to).forEach(action);
    }

    private static <T> T read(Path file, Function<History, T> work) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            return work.apply(Export.read(in));
        }
    }
}
