package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Report.Draft;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.SecretText.Shape;
import java.util.HashMap;

/// A key that trades at a venue, a wallet or a private key stands in a file of the repository.
public final class VenueKeyInFile implements Check {
    @Override
    public Id id() {
        return new Id(
                "SEC-001",
                "venue-key-in-file",
                Severity.CRITICAL,
                "A key that trades at a venue, a wallet or a private key stands in a file of the"
                        + " repository");
    }

    @Override
    public void look(Subject subject, Report report) {
        var told = new HashMap<String, Draft>();
        for (SecretText one : subject.all(SecretText.class)) {
            if (one.shape() != Shape.LITERAL || Paths.isTest(one.place())) {
                continue;
            }
            switch (one.sort()) {
                case VENUE -> {
                    String file = one.place().file(); // a key and its secret go together
                    var before = told.get(file);
                    if (before == null) {
                        told.put(file, ofVenue(one, report));
                    } else {
                        before.also(one.place(), one.name() + " as well");
                    }
                }
                case WALLET ->
                        report.finding(
                                one.place(),
                                "%s holds what opens a wallet: whoever reads it owns the coins"
                                        .formatted(one.name()));
                case PRIVATE_KEY -> {
                    if (!isOfThisMachine(one)) {
                        report.finding(one.place(), "a private key lies here without a password")
                                .severity(Severity.HIGH);
                    }
                }
                case TOKEN, PASSWORD -> {}
            }
        }
    }

    private static Draft ofVenue(SecretText one, Report report) {
        return report.finding(
                        one.place(),
                        "%s holds %d characters that look like a key of %s"
                                .formatted(
                                        one.name(),
                                        one.length(),
                                        one.issuer().isEmpty() ? "a venue" : one.issuer()))
                .confidence(Confidence.MEDIUM);
    }

    /// A certificate for the browser of whoever develops opens nothing elsewhere.
    private static boolean isOfThisMachine(SecretText one) {
        return Paths.name(one.place().file()).matches("(?i)(localhost|127\\.0\\.0\\.1|snakeoil).*");
    }
}
