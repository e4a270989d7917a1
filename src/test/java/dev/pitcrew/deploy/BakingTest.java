package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.deploy.JudgeEvent.PersonAsked;
import dev.pitcrew.deploy.JudgeEvent.Reading;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A new version is judged by what it counts, against what the old one counted.
class BakingTest {
    private static final Release SECOND = Scene.release("2", "a");
    private static final String REQUESTS = "requests_total";
    private static final String ERRORS = "request_errors_total";
    private static final JudgedMetric SHARE =
            new JudgedMetric(
                    "errors",
                    JudgedMetric.Kind.SHARE,
                    ERRORS,
                    REQUESTS,
                    JudgedMetric.Worse.MORE,
                    Optional.of("20%,1pp"));
    private static final OnInconclusive KEEP = new OnInconclusive.Keep();
    private static final OnInconclusive BACK = new OnInconclusive.Rollback();
    private static final OnInconclusive ASK = new OnInconclusive.PromoteWithApproval();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /// So many requests a second since noon, of which such a part fails.
    private static Function<Instant, Sampled> counting(double rate, double share) {
        return at -> {
            double requests = Math.floor(rate * Duration.between(NOON, at).toMillis() / 1000);
            return sampled(Map.of(REQUESTS, requests, ERRORS, Math.floor(requests * share)), at);
        };
    }

    private static Sampled sampled(Map<String, Double> numbers, Instant at) {
        return new Sampled(Scrape.NONE, Scrape.of(numbers), at);
    }

    private static Function<Instant, Sampled> named(
            String instance, Function<Instant, Sampled> how) {
        return at -> {
            var one = how.apply(at);
            var selectors = List.of(REQUESTS, ERRORS, "duplicate_order_ids_total");
            return new Sampled(Scrape.NONE, one.latest().only(selectors, instance), one.at());
        };
    }

    private static Judging judging(OnInconclusive then, JudgedMetric... metrics) {
        return new Judging(
                new Judging.Source.Scraped("/metrics"),
                Duration.ofSeconds(1),
                Duration.ofMinutes(30),
                new Fraction(0.01),
                new Fraction(0.05),
                then,
                Duration.ofSeconds(10),
                List.of(metrics),
                Map.of());
    }

    private static Scene gateway(OnInconclusive then, Function<Instant, Sampled> second) {
        return scene(Variants.judged(TestingServices.gateway(), judging(then, SHARE)), second);
    }

    /// The old version has served 20,000 requests, of which one in two hundred failed.
    private static Scene scene(Service service, Function<Instant, Sampled> second) {
        var name = service.name();
        var old = Map.of(REQUESTS, 20_000.0, ERRORS, 100.0);
        var scene = Scene.serving(service);
        scene.counts(name + "-1", named(name + "-1", at -> sampled(old, at)));
        scene.counts(name + "-3", named(name + "-3", second));
        scene.plan(SECOND);
        return scene;
    }

    private static Finished end(Scene scene) {
        return scene.events().stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .toList()
                .getLast();
    }

    @Test
    void a_version_that_does_more_harm_than_the_one_before_goes_back_with_a_sentence() {
        var scene = gateway(KEEP, counting(1000, 0.05));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason())
                .startsWith("bake: judged FAIL against its past: errors: ")
                .contains(" of 20000 on the baseline, at least ")
                .contains("(log E ");
    }

    @Test
    void a_version_that_does_as_well_is_done_and_the_verdict_is_its_evidence() {
        var scene = gateway(BACK, counting(1000, 0.005));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.evidence(Step.Bake.class))
                .startsWith("judged PASS against its past: errors: ")
                .endsWith("within the margin of 20 % or 1 percentage points");
    }

    @Test
    void what_is_judged_from_is_in_the_ledger_once_and_no_sample_is() {
        var scene = gateway(BACK, counting(1000, 0.005));

        var events = scene.goOn(_ -> true);

        var looks = looks(events);
        var noted =
                events.stream()
                        .filter(JudgeEvent.class::isInstance)
                        .filter(one -> !(one instanceof Looked))
                        .toList();
        assertThat(noted).hasSize(2);
        assertThat(looks.getLast().decides()).isTrue();
        assertThat(looks.subList(0, looks.size() - 1))
                .allSatisfy(one -> assertThat(one.tallies()).isEmpty());
        assertThat(noted.getFirst())
                .isEqualTo(
                        new BaselineTaken(
                                noted.getFirst().at(),
                                "gateway",
                                ((JudgeEvent) noted.getFirst()).course(),
                                List.of(
                                        new Tally(ERRORS + "{instance=\"gateway-1\"}", 100),
                                        new Tally(REQUESTS + "{instance=\"gateway-1\"}", 20_000))));
        assertThat(noted.getLast()).isInstanceOf(JudgingBegun.class);
    }

    private static List<Looked> looks(List<Event> events) {
        return events.stream().filter(Looked.class::isInstance).map(Looked.class::cast).toList();
    }

    @Test
    void the_look_that_decides_is_noted_before_with_its_numbers_and_few_of_the_others_are() {
        var scene = gateway(KEEP, counting(10, 0));

        var events = scene.goOn(_ -> true);

        var looks = looks(events);
        assertThat(looks).hasSizeBetween(3, 26);
        var last = looks.getLast();
        assertThat(last.verdict()).isEqualTo("INCONCLUSIVE");
        assertThat(scene.evidence(Step.Bake.class)).isEqualTo(last.sentence());
        assertThat(last.readings()).extracting(Reading::metric).containsExactly("errors");
        assertThat(last.readings().getFirst().baseline()).isEqualTo(20_000);
        assertThat(last.tallies())
                .extracting(Tally::series)
                .contains(REQUESTS + "{instance=\"gateway-3\"}");
        assertThat(looks.subList(0, looks.size() - 1))
                .extracting(Looked::verdict)
                .isSubsetOf("NO_DATA", "CONTINUE");
    }

    static Stream<OnInconclusive> all() {
        var soon = new OnInconclusive.HoldUntil(NOON.plusSeconds(90));
        return Stream.of(KEEP, BACK, ASK, soon);
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_data_never_passes(OnInconclusive then) {
        var scene = gateway(then, at -> sampled(Map.of(), at));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason())
                .isEqualTo(
                        "bake: judged NO_DATA against its past:"
                                + " errors: the canary has nothing to count by yet");
    }

    @ParameterizedTest
    @MethodSource("all")
    void numbers_that_can_not_be_read_are_no_data(OnInconclusive then) {
        var service = Variants.judged(TestingServices.gateway(), judging(then, SHARE));
        var scene = Scene.serving(service);
        scene.plan(SECOND);

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason())
                .isEqualTo("bake: judged NO_DATA: the numbers of gateway-3 were not read");
    }

    @Test
    void where_nothing_could_be_shown_it_stays_when_the_file_says_keep() {
        var scene = gateway(KEEP, counting(10, 0));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.evidence(Step.Bake.class)).startsWith("judged INCONCLUSIVE against");
    }

    @Test
    void where_nothing_could_be_shown_it_goes_back_when_the_file_says_back() {
        var scene = gateway(BACK, counting(10, 0));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason()).startsWith("bake: judged INCONCLUSIVE against its past");
    }

    @Test
    void a_person_who_is_asked_keeps_it_by_the_hash_that_was_approved() {
        var scene = asked();
        var plan = scene.state().rollout().orElseThrow().plan();

        scene.says(it -> it.approve("gateway", plan.approval().hash(), false), "grace");
        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.evidence(Step.Bake.class))
                .startsWith("judged INCONCLUSIVE")
                .endsWith("; an operator keeps it");
    }

    @Test
    void an_answer_to_something_else_is_refused() {
        var scene = asked();

        assertThatThrownBy(
                        () -> scene.says(it -> it.approve("gateway", "00000000", false), "grace"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("00000000 is not what is judged: gateway to 2 is ");
    }

    @Test
    void when_nobody_answers_in_time_it_goes_back() {
        var scene = asked();
        assertThat(Waits.reason(scene.state().rollout().orElseThrow(), scene.situation()))
                .startsWith("somebody who keeps it or aborts it until 2026-11-23T12:00:");

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason()).endsWith("; nobody decided within 10 s");
    }

    @Test
    void held_until_a_moment_it_is_watched_until_then_and_goes_back() {
        var until = NOON.plusSeconds(120);
        var scene = gateway(new OnInconclusive.HoldUntil(until), counting(1, 0));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason())
                .startsWith("bake: judged INCONCLUSIVE against its past")
                .endsWith("; it was held until " + until);
        assertThat(looks(scene.events()).getLast().at()).isAfterOrEqualTo(until);
    }

    @Test
    void what_is_shown_while_it_is_held_counts() {
        var scene =
                gateway(new OnInconclusive.HoldUntil(NOON.plusSeconds(3600)), counting(300, 0.005));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.evidence(Step.Bake.class)).startsWith("judged PASS against its past");
    }

    private static Scene asked() {
        var scene = gateway(ASK, counting(10, 0));
        for (int i = 0; i < 1000; i++) {
            if (scene.events().stream().anyMatch(PersonAsked.class::isInstance)) {
                return scene;
            }
            scene.decide();
            scene.confirm(_ -> true);
        }
        throw new AssertionError("nobody was asked");
    }

    @Test
    void a_broken_guard_ends_it_at_once() {
        var duplicates = Map.of(REQUESTS, 20.0, ERRORS, 0.0, "duplicate_order_ids_total", 1.0);
        var none = Map.of(REQUESTS, 0.0, ERRORS, 0.0, "duplicate_order_ids_total", 0.0);
        var start = NOON.plusSeconds(2);
        var scene = gateway(KEEP, at -> sampled(at.isBefore(start) ? none : duplicates, at));

        scene.goOn(_ -> true);

        assertThat(end(scene).reason())
                .isEqualTo(
                        "bake: judged FAIL against its past: duplicate client order ids: 1,"
                                + " and more than 0 are harm whatever else was counted");
    }

    @Test
    void a_counter_that_starts_again_is_never_a_pass() {
        var again = NOON.plusSeconds(2);
        var scene =
                gateway(
                        BACK,
                        at ->
                                at.isBefore(again)
                                        ? sampled(Map.of(REQUESTS, 1e6, ERRORS, 1e3), at)
                                        : counting(1000, 0.005).apply(at));

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end(scene).reason()).startsWith("bake: judged INCONCLUSIVE");
    }

    @Test
    void a_controller_that_starts_again_goes_on_where_it_was() {
        var scene = gateway(BACK, counting(1000, 0.005));
        scene.goOn(_ -> true);
        var state = ServiceState.empty("gateway");

        for (var event : scene.events()) {
            state = state.fold(event);
        }

        assertThat(state).isEqualTo(scene.state());
    }

    @Test
    void the_way_back_that_an_operator_wants_waits_for_no_evidence() {
        var scene = gateway(BACK, counting(1000, 0.005));
        scene.goOn(_ -> true);
        scene.plan(Scene.FIRST);

        scene.goOn(_ -> true);

        assertThat(end(scene).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.evidence(Step.Bake.class)).doesNotContain("judged");
    }

    @Test
    void an_approver_reads_what_it_is_judged_by() {
        var scene = gateway(BACK, counting(1000, 0.005));

        assertThat(scene.state().rollout().orElseThrow().plan().notes())
                .containsExactly("judged by errors");
    }

    @Test
    void order_entry_is_judged_by_what_it_does_to_orders_when_the_file_names_no_metric() {
        var service = Variants.judged(TestingServices.gateway(), judging(KEEP));
        var scene = Scene.serving(service);
        scene.counts("gateway-1", at -> ordersOf("gateway-1", 20_000, at));
        scene.counts("gateway-3", at -> ordersOf("gateway-3", 0, at));
        scene.plan(SECOND);

        scene.goOn(_ -> true);

        assertThat(looks(scene.events()).getLast().readings())
                .extracting(Reading::metric)
                .containsExactly(
                        "reject-share",
                        "fill-share",
                        "cancel-replace-ratio",
                        "order-to-ack p50",
                        "order-to-ack p90",
                        "order-to-ack p99"); // a rate of messages over time has no past to compare
        // with
    }

    /// An instance that had so many orders at noon, and has a hundred more each second.
    private static Sampled ordersOf(String instance, double before, Instant at) {
        double orders = before + 100 * Duration.between(NOON, at).toSeconds();
        var all =
                Map.of(
                        "orders_total",
                        orders,
                        "orders_rejected_total",
                        Math.floor(orders / 100),
                        "orders_filled_total",
                        Math.floor(orders / 2),
                        "orders_cancelled_or_replaced_total",
                        Math.floor(orders / 3),
                        "messages_sent_total",
                        3 * orders,
                        "order_ack_seconds_bucket{le=\"0.01\"}",
                        orders,
                        "order_ack_seconds_bucket{le=\"+Inf\"}",
                        orders);
        var wanted =
                Compared.selectors(
                        judging(KEEP), Variants.judged(TestingServices.gateway(), judging(KEEP)));
        return new Sampled(Scrape.NONE, Scrape.of(all).only(wanted, instance), at);
    }

    @Test
    void what_serves_beside_it_is_the_baseline() {
        var service = Variants.judged(TestingServices.quotes(), judging(BACK, SHARE));
        var scene = new Scene(service).start("quotes-1", Scene.FIRST).start("quotes-2", SECOND);
        scene.did(new Effect.Route(List.of("quotes-1", "quotes-2")));
        scene.counts("quotes-1", named("quotes-1", counting(1000, 0.005)));
        scene.counts("quotes-2", named("quotes-2", counting(1000, 0.005)));

        assertThat(baked(scene, "quotes-2")).startsWith("judged PASS against quotes-1: errors: ");
    }

    /// How its watching ends.
    private static String baked(Scene scene, String to) {
        var bake = new Step.Bake(Duration.ofSeconds(2), Duration.ofSeconds(6));
        var course =
                Course.begin(
                        "r1/forward",
                        Optional.of("quotes-1"),
                        Optional.of(to),
                        SECOND,
                        List.of(bake),
                        scene.now());
        while (course.isUnderway()) {
            scene.later();
            for (var event : course.next(scene.situation())) {
                course = course.fold(event);
                if (event instanceof StepTaken taken) {
                    return taken.evidence();
                }
            }
        }
        return course.failure().orElseThrow();
    }
}
