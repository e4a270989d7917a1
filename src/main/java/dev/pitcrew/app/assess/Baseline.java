package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.Assessment.Suppressed;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an earlier run told.
///
/// @param name of it, for people: a file or a revision
/// @param findings in its order
public record Baseline(String name, List<Earlier> findings) {
    public Baseline {
        findings = List.copyOf(findings);
    }

    /// A finding of an earlier run.
    ///
    /// @param code of its check, which may be gone
    /// @param place where it stood then
    public record Earlier(
            String fingerprint, String code, Severity severity, Place place, String what) {}

    /// What another run told. What it suppressed is not known: when the suppression ends, the finding is new.
    public static Baseline of(String name, Assessment run) {
        var prints = Fingerprints.of(run);
        return new Baseline(
                name,
                run.findings().stream()
                        .map(
                                one ->
                                        new Earlier(
                                                prints.getOrDefault(one, ""),
                                                one.check().code(),
                                                one.severity(),
                                                one.place(),
                                                one.what()))
                        .toList());
    }

    /// The same run with only what is new among its findings.
    ///
    /// @param ran whether the check of a code ran, if it is still there: what others found earlier is not asked about
    public Assessment compare(Assessment now, Predicate<String> ran) {
        var prints = Fingerprints.of(now);
        var known = findings.stream().map(Earlier::fingerprint).collect(Collectors.toSet());
        var fresh = new ArrayList<Finding>();
        var still = new ArrayList<Finding>();
        for (Finding one : now.findings()) {
            (known.contains(prints.getOrDefault(one, "")) ? still : fresh).add(one);
        }
        var left = new LinkedHashMap<String, Earlier>();
        findings.stream()
                .filter(one -> ran.test(one.code()))
                .forEach(one -> left.put(one.fingerprint(), one));
        still.forEach(one -> left.remove(prints.getOrDefault(one, "")));
        now.suppressed().stream()
                .map(Suppressed::finding)
                .forEach(one -> left.remove(prints.getOrDefault(one, "")));
        return now.with(fresh, new Comparison(name, fresh, still, List.copyOf(left.values())));
    }
}
