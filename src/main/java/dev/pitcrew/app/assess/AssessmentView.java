package dev.pitcrew.app.assess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.assess.outlook.Recovery;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Sketch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An assessment as JSON. What is unknown is null; durations are seconds.
///
/// @param findings the worst first
/// @param suppressed found, and asked not to be told
/// @param unread files or parts of them that can't be read
/// @param notes on suppressions
/// @param comparison with an earlier run, if it was held against one: then the findings are those that are new
/// @param checks why each check that found something matters, and what to do
/// @param system what the files add up to, and what a bad day would bring
public record AssessmentView(
        int files,
        int lines,
        List<Line> findings,
        List<Line> suppressed,
        List<Note> unread,
        List<Note> notes,
        @Nullable ComparisonLine comparison,
        List<CheckLine> checks,
        SystemLine system) {
    public AssessmentView {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        unread = List.copyOf(unread);
        notes = List.copyOf(notes);
        checks = List.copyOf(checks);
    }

    /// A finding.
    ///
    /// @param fingerprint what it is known by in another run, whatever its line
    /// @param because the reason of its suppression, if it is suppressed
    public record Line(
            String check,
            String severity,
            String confidence,
            At at,
            @Nullable String service,
            String what,
            List<Note> related,
            String fingerprint,
            @Nullable String because) {}

    /// What became of the findings of an earlier run.
    public record ComparisonLine(
            String against,
            int fresh,
            int still,
            List<GoneLine> gone,
            List<Comparison.Row> bySeverity,
            List<Comparison.Row> byFamily) {
        static ComparisonLine of(Comparison one) {
            return new ComparisonLine(
                    one.against(),
                    one.fresh().size(),
                    one.still().size(),
                    one.gone().stream().map(GoneLine::of).toList(),
                    one.bySeverity(),
                    one.byFamily());
        }
    }

    /// A finding that is gone.
    public record GoneLine(String check, String severity, At at, String what, String fingerprint) {
        static GoneLine of(Baseline.Earlier one) {
            return new GoneLine(
                    one.code(),
                    word(one.severity()),
                    AssessmentView.at(one.place()),
                    one.what(),
                    one.fingerprint());
        }
    }

    /// A place, from its first character to the end of its line.
    public record At(String file, int line, int column) {}

    /// Something said of a place.
    public record Note(At at, String what) {}

    /// A check that found something.
    public record CheckLine(
            String code,
            String name,
            String family,
            String summary,
            String why,
            String whatToDo,
            List<String> controls) {}

    /// The system.
    public record SystemLine(
            List<PartLine> services,
            List<FlowLine> flows,
            List<ExposureLine> exposed,
            List<LossLine> losses,
            List<RecoveryLine> recoveries,
            List<FailoverLine> failovers,
            @Nullable Double availability,
            double secondsAMonthWithoutOrders,
            List<String> assumptions,
            @Nullable PageLine latestPage) {}

    /// The alert about trading that pages latest.
    public record PageLine(String alert, At at, double seconds, String sum) {}

    /// A service.
    public record PartLine(
            String name,
            String duty,
            String because,
            String trading,
            String tradingBecause,
            At at) {}

    /// One service uses another.
    public record FlowLine(String from, String to, String what, At at) {}

    /// A port that others can reach.
    public record ExposureLine(String service, String address, At at) {}

    /// What the death of a service would mean.
    public record LossLine(
            String service,
            int copies,
            boolean single,
            List<String> stops,
            String orders,
            String data) {}

    /// How long a service takes to come back; null: until a person does it.
    public record RecoveryLine(
            String service,
            @Nullable Double crashSeconds,
            String crash,
            @Nullable Double hangSeconds,
            String hang) {}

    /// How long a store is gone at least, at worst, until another has taken over.
    public record FailoverLine(
            String store, At at, String fault, double seconds, String sum, boolean overBudget) {}

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// The view of an assessment.
    public static AssessmentView of(Assessment assessment, Outlook outlook) {
        var extent = assessment.extent();
        var prints = Fingerprints.of(assessment);
        return new AssessmentView(
                extent.files(),
                extent.lines(),
                assessment.findings().stream().map(one -> line(one, prints, null)).toList(),
                assessment.suppressed().stream()
                        .map(one -> line(one.finding(), prints, one.by().reason()))
                        .toList(),
                assessment.problems().stream().map(AssessmentView::note).toList(),
                assessment.notes().stream().map(AssessmentView::note).toList(),
                assessment.comparison().map(ComparisonLine::of).orElse(null),
                assessment.groups().stream().map(AssessmentView::check).toList(),
                system(outlook));
    }

    /// The text of it.
    public String json() {
        return text(this);
    }

    /// The text of the system alone.
    public String systemJson() {
        return text(system);
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Line line(Finding one, Map<Finding, String> prints, @Nullable String because) {
        return new Line(
                one.check().code(),
                word(one.severity()),
                word(one.confidence()),
                at(one.place()),
                one.service().orElse(null),
                one.what(),
                one.related().stream()
                        .map(other -> new Note(at(other.place()), other.what()))
                        .toList(),
                prints.getOrDefault(one, ""),
                because);
    }

    private static CheckLine check(Assessment.Group group) {
        var check = group.check();
        var page = CheckPage.of(check);
        return new CheckLine(
                check.code(),
                check.name(),
                check.family().title(),
                check.summary(),
                page.map(one -> one.inOneLine("Why it matters")).orElse(""),
                page.map(one -> one.inOneLine("What to do")).orElse(""),
                page.map(CheckPage::controls).orElse(List.of()));
    }

    private static SystemLine system(Outlook outlook) {
        return new SystemLine(
                outlook.sketch().services().stream().map(AssessmentView::part).toList(),
                outlook.sketch().flows().stream()
                        .map(one -> new FlowLine(one.from(), one.to(), one.what(), at(one.place())))
                        .toList(),
                outlook.exposed().stream()
                        .map(one -> new ExposureLine(one.service(), one.address(), at(one.place())))
                        .toList(),
                outlook.losses().stream()
                        .map(
                                one ->
                                        new LossLine(
                                                one.service(),
                                                one.copies(),
                                                one.isSinglePoint(),
                                                one.stops(),
                                                one.orders(),
                                                one.data()))
                        .toList(),
                outlook.recoveries().stream().map(AssessmentView::recovery).toList(),
                outlook.failovers().stream()
                        .map(
                                one ->
                                        new FailoverLine(
                                                one.store(),
                                                at(one.place()),
                                                one.fault(),
                                                one.least().toMillis() / 1000.0,
                                                one.sum(),
                                                one.isOverBudget()))
                        .toList(),
                outlook.availability().share().orElse(null),
                outlook.availability().secondsAMonth(),
                outlook.availability().assumptions(),
                outlook.page().map(AssessmentView::page).orElse(null));
    }

    private static PageLine page(Outlook.Page one) {
        return new PageLine(
                one.alert(),
                at(one.place()),
                one.time().worst().toMillis() / 1000.0,
                one.time().toString());
    }

    private static PartLine part(Sketch.Part one) {
        return new PartLine(
                one.name(),
                one.duty().text(),
                one.because(),
                word(one.trading()),
                one.tradingBecause(),
                at(one.place()));
    }

    private static RecoveryLine recovery(Recovery one) {
        return new RecoveryLine(
                one.service(),
                seconds(one.crash()),
                one.crashSum(),
                seconds(one.hang()),
                one.hangSum());
    }

    private static @Nullable Double seconds(Optional<Duration> time) {
        return time.map(one -> one.toMillis() / 1000.0).orElse(null);
    }

    private static Note note(Problem one) {
        return new Note(at(one.place()), one.message());
    }

    private static At at(Place place) {
        return new At(place.file(), place.line(), place.column());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
