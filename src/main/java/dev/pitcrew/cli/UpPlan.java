package dev.pitcrew.cli;

import dev.pitcrew.model.Approval;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `up` would do with a system that never ran: what starts after what, and what it takes from outside. Pure.
///
/// @param environment its name
/// @param kind what is at stake
/// @param approval who has to agree
/// @param starts in their order
/// @param stuck those that wait for each other, so that none of them starts
/// @param variables of the controller's environment that have to be set
/// @param lacking what the file leaves out and a controller wants, a sentence each
record UpPlan(
        String environment,
        String kind,
        String approval,
        List<Start> starts,
        List<String> stuck,
        Set<String> variables,
        List<String> lacking) {
    /// A service that starts.
    ///
    /// @param runs its image, or its program
    /// @param replicas how many of it
    /// @param once whether only one may be active
    /// @param change how it changes versions
    /// @param after those that it waits for
    record Start(
            String service,
            String role,
            String runs,
            int replicas,
            boolean once,
            String change,
            List<String> after) {}

    static UpPlan of(TradingSystem system, Environment environment) {
        var starts = new ArrayList<Start>();
        var done = new LinkedHashSet<String>();
        while (starts.size() < system.services().size()) {
            int before = starts.size();
            for (Service one : system.services()) {
                if (!done.contains(one.name()) && done.containsAll(needs(one))) {
                    done.add(one.name());
                    starts.add(start(one));
                }
            }
            if (starts.size() == before) {
                break; // two name each other, one of them as the second source of its books
            }
        }
        var stuck =
                system.services().stream()
                        .map(Service::name)
                        .filter(one -> !done.contains(one))
                        .toList();
        var variables = new TreeSet<String>();
        system.services().forEach(one -> variables(one).forEach(variables::add));
        return new UpPlan(
                environment.name(),
                Words.of(environment.kind()),
                approval(environment),
                starts,
                stuck,
                variables,
                lacking(system, environment));
    }

    private static List<String> needs(Service service) {
        return Stream.concat(
                        service.dependsOn().stream(),
                        service.reconcile().map(both -> both.theirs().service()).stream())
                .filter(one -> !one.equals(service.name()))
                .distinct()
                .toList();
    }

    private static Start start(Service service) {
        var runs =
                service.container()
                        .flatMap(one -> one.image())
                        .or(() -> service.command().stream().findFirst())
                        .map(Template::text)
                        .orElse("what its Dockerfile says");
        return new Start(
                service.name(),
                Words.of(service.role()),
                runs,
                service.replicas(),
                service.singleActive().isPresent(),
                Words.of(service.rollout().strategy()),
                needs(service));
    }

    private static String approval(Environment environment) {
        return switch (environment.approval()) {
            case Approval.Delay(var delay) ->
                    "delay " + delay.toString().substring(2).toLowerCase(Locale.ROOT);
            case Approval.TwoPeople _ -> "two-people";
            case Approval.None _ -> "none";
        };
    }

    /// Those that a start asks for by name; what a file of lines may have isn't among them.
    private static Stream<String> variables(Service service) {
        var templates =
                Stream.of(
                                service.command().stream(),
                                service.env().values().stream(),
                                service.container().stream().flatMap(one -> one.image().stream()))
                        .flatMap(one -> one)
                        .flatMap(one -> one.variables().stream())
                        .filter(one -> one.startsWith("env."))
                        .map(one -> one.substring("env.".length()));
        var secrets =
                service.secrets().values().stream()
                        .flatMap(
                                one ->
                                        switch (one) {
                                            case SecretRef.EnvSecret(var name) -> Stream.of(name);
                                            case SecretRef.TextSecret(var text, var lines)
                                                    when lines.isEmpty() ->
                                                    text.variables().stream();
                                            default -> Stream.<String>empty();
                                        });
        return Stream.concat(templates, secrets);
    }

    private static List<String> lacking(TradingSystem system, Environment environment) {
        var lacking = new ArrayList<String>();
        boolean hasTraffic = system.services().stream().anyMatch(Service::takesTraffic);
        boolean isBuiltIn = environment.balancer() == Environment.Balancer.BUILT_IN;
        if (hasTraffic && !isBuiltIn && environment.proxy().isEmpty()) {
            lacking.add(
                    "proxy: where %s is, and where clients connect; docs/traffic.md"
                            .formatted(Words.of(environment.balancer())));
        }
        if (environment.gates().witnessedWithin().isPresent()
                && environment.witnesses().isEmpty()) {
            lacking.add("witnesses: the gate witnessedWithin holds once one has seen the ledger");
        }
        return lacking;
    }

    /// For people.
    String text() {
        var text = new StringBuilder();
        text.append("%s, kind %s, approval %s\n".formatted(environment, kind, approval));
        if (starts.isEmpty()) {
            text.append("no service is declared, so nothing would start\n");
        }
        for (Start one : starts) {
            text.append(
                    "  %-20s %-12s %s%s%s\n"
                            .formatted(
                                    one.service(),
                                    one.role(),
                                    one.runs(),
                                    one.once()
                                            ? "; one active, changed by " + one.change()
                                            : one.replicas() > 1
                                                    ? "; %d, changed by %s"
                                                            .formatted(one.replicas(), one.change())
                                                    : "",
                                    one.after().isEmpty()
                                            ? ""
                                            : "; after " + String.join(", ", one.after())));
        }
        if (!stuck.isEmpty()) {
            text.append("wait for each other, so none starts: ")
                    .append(String.join(", ", stuck))
                    .append('\n');
        }
        if (!variables.isEmpty()) {
            text.append(
                    variables.stream()
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "wants of the controller's environment: ",
                                            "\n")));
        }
        lacking.forEach(one -> text.append("wants ").append(one).append('\n'));
        return text.append("nothing was started").toString();
    }
}
