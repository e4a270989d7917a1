package dev.pitcrew.read.proxy;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyProcess;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyRoute.ProxyListener;
import dev.pitcrew.model.infra.ProxyUpstream;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.read.proxy.HaproxyFormat.Line;
import dev.pitcrew.read.proxy.HaproxyFormat.Section;
import dev.pitcrew.read.survey.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the sections of an HAProxy say.
final class HaproxyFacts {
    /// Words whose second word is part of the name.
    private static final Set<String> TWO_WORDS =
            Set.of("timeout", "option", "stats", "http-request", "http-response", "no");

    private final Found found;
    private final Map<String, List<Label>> backends = new HashMap<>();

    private HaproxyFacts(Found found) {
        this.found = found;
    }

    static void of(List<Section> sections, Found found) {
        var facts = new HaproxyFacts(found);
        List<Label> usual = List.of();
        var fronts = new ArrayList<Runnable>();
        for (Section section : sections) {
            List<Label> defaults = usual;
            switch (section.kind()) {
                case "global" ->
                        found.fact(new ProxyProcess("haproxy", section.place(), own(section)));
                case "defaults" -> usual = own(section);
                case "backend" -> facts.backend(section, defaults);
                case "frontend" -> fronts.add(() -> facts.front(section, defaults));
                case "listen" -> {
                    facts.backend(section, defaults);
                    fronts.add(() -> facts.front(section, defaults));
                }
                default -> {}
            }
        }
        fronts.forEach(Runnable::run); // backends may stand below
    }

    private void backend(Section section, List<Label> defaults) {
        var settings = join(defaults, own(section));
        String name = section.name().toLowerCase(Locale.ROOT);
        backends.put(name, settings);
        var servers = new ArrayList<ProxyUpstream.Server>();
        List<String> usual = List.of();
        for (Line line : section.lines()) {
            if (line.word(0).equals("default-server")) {
                usual = line.words().stream().skip(1).map(Located::value).toList();
            } else if (line.word(0).equals("server") || line.word(0).equals("server-template")) {
                int at = line.word(0).equals("server") ? 2 : 3;
                var options = new ArrayList<>(usual);
                line.words().stream().skip(at + 1L).map(Located::value).forEach(options::add);
                Target.parse(line.word(at))
                        .ifPresent(
                                address ->
                                        servers.add(
                                                new ProxyUpstream.Server(
                                                        line.words().get(at).place(),
                                                        address,
                                                        options)));
            }
        }
        if (!servers.isEmpty() || section.kind().equals("backend")) {
            found.fact(new ProxyUpstream("haproxy", section.place(), name, servers, settings));
        }
    }

    private void front(Section section, List<Label> defaults) {
        var settings = join(defaults, own(section));
        var listeners = new ArrayList<ProxyListener>();
        var paths = new HashMap<String, String>();
        for (Line line : section.lines()) {
            switch (line.word(0)) {
                case "bind" -> listeners.addAll(listeners(line));
                case "acl" -> path(line).ifPresent(path -> paths.putIfAbsent(line.word(1), path));
                default -> {}
            }
        }
        if (section.kind().equals("listen")) {
            route(section.place(), listeners, "", section.name(), settings, true);
        }
        for (Line line : section.lines()) {
            if (line.word(0).equals("default_backend")) {
                route(line.words().getLast().place(), listeners, "", line.word(1), settings, false);
            } else if (line.word(0).equals("use_backend")) {
                String path =
                        line.words().stream()
                                .skip(3)
                                .map(word -> paths.getOrDefault(word.value(), ""))
                                .filter(one -> !one.isEmpty())
                                .findFirst()
                                .or(() -> inline(line))
                                .orElse("");
                route(line.place(), listeners, path, line.word(1), settings, false);
            }
        }
        if (section.lines().stream()
                        .noneMatch(line -> line.word(0).matches("default_backend|use_backend"))
                && section.kind().equals("frontend")) {
            found.fact(
                    new ProxyRoute(
                            "haproxy",
                            section.place(),
                            listeners,
                            "",
                            Optional.empty(),
                            settings,
                            List.of(),
                            true));
        }
    }

    private void route(
            dev.pitcrew.model.Place place,
            List<ProxyListener> listeners,
            String path,
            String backend,
            List<Label> front,
            boolean isSame) {
        String name = backend.toLowerCase(Locale.ROOT);
        var behind = isSame ? List.<Label>of() : backends.getOrDefault(name, List.of());
        found.fact(
                new ProxyRoute(
                        "haproxy",
                        place,
                        listeners,
                        path,
                        Target.parse(name).map(address -> new Located<>(address, place)),
                        join(front, behind),
                        List.of(),
                        true));
    }

    private static Optional<String> inline(Line line) {
        return path(line);
    }

    /// The path that a condition asks for.
    private static Optional<String> path(Line line) {
        var words = line.words().stream().map(Located::value).toList();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("path(_beg|_dir|_sub|_reg|_end)?|url_beg")) {
                return words.stream()
                        .skip(i + 1L)
                        .filter(word -> !word.startsWith("-"))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static List<ProxyListener> listeners(Line bind) {
        boolean isTls = bind.words().stream().anyMatch(word -> word.value().equals("ssl"));
        var listeners = new ArrayList<ProxyListener>();
        for (String text : bind.word(1).split(",", -1)) {
            String plain = text.replaceAll("^(ipv4|ipv6|ipv4\\+ssl)@", "");
            var place = bind.words().get(Math.min(1, bind.words().size() - 1)).place();
            if (plain.startsWith("/") || plain.startsWith("unix@") || plain.startsWith("abns@")) {
                listeners.add(new ProxyListener(place, "unix:" + plain, 0, isTls));
                continue;
            }
            String host = plain.contains(":") ? plain.substring(0, plain.lastIndexOf(':')) : plain;
            String port = plain.substring(plain.lastIndexOf(':') + 1);
            listeners.add(
                    new ProxyListener(
                            place,
                            Set.of("*", "0.0.0.0", "::", "[::]", "").contains(host) ? "" : host,
                            port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0,
                            isTls));
        }
        return listeners;
    }

    private static List<Label> own(Section section) {
        return section.lines().stream().map(HaproxyFacts::label).toList();
    }

    private static Label label(Line line) {
        int words = TWO_WORDS.contains(line.word(0)) && line.words().size() > 1 ? 2 : 1;
        String name = words == 2 ? line.word(0) + " " + line.word(1) : line.word(0);
        var place = line.words().size() > words ? line.words().get(words).place() : line.place();
        return new Label(name, line.rest(words), place);
    }

    private static List<Label> join(List<Label> first, List<Label> then) {
        var joined = new ArrayList<>(first);
        var known = new HashSet<>(first);
        then.stream().filter(known::add).forEach(joined::add);
        return joined;
    }
}
