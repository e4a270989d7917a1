package dev.pitcrew.assess;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that is wrong, where, and what belongs to it. Why it matters and what to do is on the check's page.
///
/// @param check what found it
/// @param severity for this service in this environment
/// @param place where to look first, and mostly where to change something
/// @param service the service that it is about, if it is about one
/// @param what is wrong here, in one sentence, with the names and numbers of these files and never a secret
/// @param related other places that show it
public record Finding(
        Check.Id check,
        Severity severity,
        Confidence confidence,
        Place place,
        Optional<String> service,
        String what,
        List<Related> related) {
    public Finding {
        related = List.copyOf(related);
    }

    /// The same, and one more place that shows it.
    public Finding with(Related more) {
        return new Finding(
                check,
                severity,
                confidence,
                place,
                service,
                what,
                Stream.concat(related.stream(), Stream.of(more)).toList());
    }

    /// Another place, and what stands there.
    public record Related(Place place, String what) {}
}
