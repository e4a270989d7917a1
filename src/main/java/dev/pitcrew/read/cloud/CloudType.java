package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.cloud.Hcl.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A type of resource, and what its attributes mean.
///
/// @param unless attributes of a copy of another one, to which other rules apply
/// @param titles attributes that name it
record CloudType(
        String name, CloudKind kind, List<String> unless, List<String> titles, List<Rule> rules) {

    /// Tags that say what for.
    private static final List<String> ENVIRONMENTS =
            List.of("tags.Environment", "tags.environment", "tags.Env", "tags.env", "labels.env");

    /// @param word what it says, in the words of [CloudKind]
    /// @param path of the attribute
    /// @param usual its value when it isn't there; empty when nothing follows from that
    /// @param values what its values mean; those of no meaning are left out; empty: as they are
    record Rule(String word, String path, String usual, Map<String, String> values) {
        private Optional<Located<String>> in(Scope scope, Body body, Place place) {
            var said =
                    switch (scope.at(body, path)) {
                        case Answer.Said one -> Optional.of(one.value());
                        case Answer.Nothing _ ->
                                usual.isEmpty()
                                        ? Optional.<Located<String>>empty()
                                        : Optional.of(new Located<>(usual, place));
                        case Answer.Unknown _ -> Optional.<Located<String>>empty();
                    };
            return values.isEmpty()
                    ? said
                    : said.filter(one -> values.containsKey(one.value()))
                            .map(one -> one.as(values.getOrDefault(one.value(), "")));
        }
    }

    CloudType unless(String... attributes) {
        return new CloudType(name, kind, List.of(attributes), titles, rules);
    }

    CloudType titles(String... attributes) {
        return new CloudType(name, kind, unless, List.of(attributes), rules);
    }

    /// @param values what is written and what it means, in turn
    CloudType says(String word, String path, String usual, String... values) {
        var meanings = new HashMap<String, String>();
        for (int i = 0; i < values.length; i += 2) {
            meanings.put(values[i], values[i + 1]);
        }
        var rule = new Rule(word, path, usual, Map.copyOf(meanings));
        return new CloudType(
                name,
                kind,
                unless,
                titles,
                Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    /// Whether it is a copy of another one.
    boolean isCopy(Scope scope, Body body) {
        return unless.stream().anyMatch(path -> !(scope.at(body, path) instanceof Answer.Nothing));
    }

    /// What a resource says.
    ///
    /// @param place of it
    List<Setting> settings(String format, Scope scope, Body body, Place place) {
        var settings = new ArrayList<Setting>();
        ENVIRONMENTS.stream()
                .flatMap(path -> scope.at(body, path).said().stream())
                .findFirst()
                .ifPresent(
                        one -> settings.add(new Setting(format, "environment", one.place(), one)));
        for (Rule rule : rules) {
            rule.in(scope, body, place)
                    .ifPresent(
                            value ->
                                    settings.add(
                                            new Setting(
                                                    format, rule.word(), value.place(), value)));
        }
        return settings;
    }

    /// What else it is called; what is filled in later is left out of it.
    List<String> names(Scope scope, Body body) {
        return Stream.concat(titles.stream(), Stream.of("tags.Name", "Tags.Name"))
                .flatMap(path -> scope.at(body, path).said().stream())
                .map(Located::value)
                .filter(one -> one.length() <= 200)
                .toList();
    }
}
