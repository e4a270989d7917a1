package dev.pitcrew.assess;

import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where one check says what it finds.
public final class Report {
    private final Check.Id check;
    private final Subject subject;
    private final List<Draft> drafts = new ArrayList<>();

    Report(Check.Id check, Subject subject) {
        this.check = check;
        this.subject = subject;
    }

    /// A finding of this check, which can be said more precisely.
    ///
    /// @param what is wrong here, in one sentence, with the names and numbers of these files and never a secret
    public Draft finding(Place place, String what) {
        var draft = new Draft(place, what);
        drafts.add(draft);
        return draft;
    }

    List<Finding> findings() {
        return drafts.stream().map(Draft::finding).toList();
    }

    /// A finding on its way.
    public final class Draft {
        private final Place place;
        private final String what;
        private final List<Finding.Related> related = new ArrayList<>();
        private Optional<InfraFact> about = Optional.empty();
        private Confidence confidence = Confidence.HIGH;
        private Severity severity = check.severity();

        private Draft(Place place, String what) {
            this.place = place;
            this.what = what;
        }

        /// The fact that it is about: its service's role and environment weigh the severity.
        public Draft about(InfraFact fact) {
            about = Optional.of(fact);
            return this;
        }

        /// Another place that shows it.
        public Draft also(Place other, String says) {
            related.add(new Finding.Related(other, says));
            return this;
        }

        /// Not as sure as the files themselves.
        public Draft confidence(Confidence other) {
            confidence = other;
            return this;
        }

        /// Another severity than the check's own, before role and environment weigh it.
        public Draft severity(Severity other) {
            severity = other;
            return this;
        }

        private Severity weighed() {
            var ofService = about.map(fact -> subject.weigh(severity, fact)).orElse(severity);
            boolean isLowered =
                    about.filter(
                                    fact ->
                                            subject.isShown(place)
                                                    || subject.trading(fact) == Trading.TEST)
                            .isPresent();
            boolean isForTests = Paths.isTest(place) || subject.isShown(place);
            return isForTests && !isLowered ? ofService.lowered().lowered() : ofService;
        }

        private Finding finding() {
            return new Finding(
                    check,
                    weighed(),
                    confidence,
                    place,
                    about.flatMap(subject.sketch()::of).map(Sketch.Part::name),
                    what,
                    related);
        }
    }
}
