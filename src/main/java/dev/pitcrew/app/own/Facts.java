package dev.pitcrew.app.own;

import dev.pitcrew.app.own.Views.Offer;
import dev.pitcrew.assess.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What expressions see of each system, made once for all own checks.
final class Facts {
    private final Map<Subject, Variables> made = new ConcurrentHashMap<>();

    Variables of(Subject subject) {
        return made.computeIfAbsent(subject, Variables::of);
    }

    /// @param facts by the variable for all of them
    record Variables(Map<String, List<Offer.One>> facts, Map<String, Object> lists) {
        private static Variables of(Subject subject) {
            var facts = new LinkedHashMap<String, List<Offer.One>>();
            var lists = new HashMap<String, Object>();
            for (Offer<?> offer : Views.ALL) {
                var all = offer.of(subject);
                facts.put(offer.all(), all);
                lists.put(
                        offer.all(), new ArrayList<>(all.stream().map(Offer.One::value).toList()));
            }
            return new Variables(facts, lists);
        }

        List<Offer.One> of(Offer<?> offer) {
            return facts.getOrDefault(offer.all(), List.of());
        }

        /// All lists, and the one that is looked at.
        Map<String, Object> with(Offer<?> offer, Offer.One one) {
            var variables = new HashMap<>(lists);
            variables.put(offer.each(), one.value());
            return variables;
        }
    }
}
