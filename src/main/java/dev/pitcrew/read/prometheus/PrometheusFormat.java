package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ScrapeJob;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.model.infra.Watcher;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Prometheus configurations and rules, as files, as objects of its operator, or inside ConfigMaps.
public final class PrometheusFormat implements Format {
    private static final List<String> KINDS =
            List.of("ServiceMonitor", "PodMonitor", "ScrapeConfig");
    private static final Pattern MONITOR =
            Pattern.compile("(?m)^kind: *(ServiceMonitor|PodMonitor|ScrapeConfig) *$");
    private static final Duration INTERVAL_OF_OPERATOR = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        if (!name.endsWith(".yml") && !name.endsWith(".yaml") && !name.endsWith(".rules")) {
            return false;
        }
        String text = file.text();
        return text.contains("scrape_configs:")
                || (text.contains("groups:") && text.contains("rules:") && text.contains("expr:"))
                || (text.contains("alertmanagers:") && text.contains("alerting:"))
                || (MONITOR.matcher(text).find() && !text.contains("{{"));
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var inside = Documents.embedded(file);
            var outside = inside.isEmpty() ? Documents.of(file) : List.<SourceFile>of();
            inside.stream()
                    .filter(this::claims)
                    .forEach(part -> read(part, "prometheus-config-map", found));
            outside.stream().filter(this::claims).forEach(part -> read(part, "prometheus", found));
        }
    }

    private static void read(SourceFile file, String format, Found found) {
        var parsed = file.document();
        if (parsed.root().isEmpty()) {
            parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
            return;
        }
        Node root = parsed.root().get();
        if (root.scalarAt("kind").filter(kind -> KINDS.contains(kind.text())).isPresent()) {
            found.fact(monitor(root));
            return;
        }
        // An object of the operator has its groups one level down, and needs no rule_files.
        if (root.at("spec", "groups").isPresent()) {
            Rules.read(file, root.at("spec").get(), "prometheus-operator", found);
        } else {
            Rules.read(file, root, format, found);
        }
        if (root.at("scrape_configs").isPresent()
                || (root.at("alerting").isPresent() && root.at("global").isPresent())) {
            watcher(root, found);
        }
    }

    /// What the operator makes jobs of. Their names are those of Services, which nobody knows before they are there.
    private static ScrapeJob monitor(Node root) {
        var endpoints = new ArrayList<>(Values.mappings(root, "spec", "endpoints"));
        endpoints.addAll(Values.mappings(root, "spec", "podMetricsEndpoints"));
        return new ScrapeJob(
                "prometheus-operator",
                root.place(),
                root.scalarAt("metadata", "name").map(Node.Scalar::text).orElse(""),
                endpoints.stream()
                        .flatMap(one -> Values.duration(one, "interval").stream())
                        .findFirst()
                        .orElse(new Located<>(INTERVAL_OF_OPERATOR, root.place())),
                "/metrics",
                List.of(),
                List.of("operator"),
                false);
    }

    private static void watcher(Node root, Found found) {
        var alertmanagers = new ArrayList<Located<Target>>();
        boolean discovers = false;
        for (Mapping one : Values.mappings(root, "alerting", "alertmanagers")) {
            alertmanagers.addAll(targets(one));
            discovers |= !discoveries(one).isEmpty();
        }
        var watcher =
                new Watcher(
                        "prometheus",
                        root.place(),
                        Values.duration(root, "global", "scrape_interval"),
                        Values.duration(root, "global", "evaluation_interval"),
                        Values.texts(root, "rule_files"),
                        alertmanagers,
                        discovers,
                        Values.mappings(root, "remote_write").stream()
                                .flatMap(one -> Values.text(one, "url").stream())
                                .toList());
        found.fact(watcher);
        var usual =
                watcher.scrapeInterval()
                        .orElse(new Located<>(Watcher.INTERVAL_DEFAULT, watcher.place()));
        for (Mapping job : Values.mappings(root, "scrape_configs")) {
            Values.text(job, "job_name").ifPresent(name -> found.fact(job(job, name, usual)));
        }
    }

    private static ScrapeJob job(Mapping job, Located<String> name, Located<Duration> usual) {
        boolean isProbe =
                job.at("params", "module").isPresent()
                        || Values.mappings(job, "relabel_configs").stream()
                                .anyMatch(
                                        one ->
                                                one.scalarAt("target_label")
                                                        .filter(
                                                                to ->
                                                                        to.text()
                                                                                .equals(
                                                                                        "__address__"))
                                                        .isPresent());
        return new ScrapeJob(
                "prometheus",
                name.place(),
                name.value(),
                Values.duration(job, "scrape_interval").orElse(usual),
                job.scalarAt("metrics_path").map(Node.Scalar::text).orElse("/metrics"),
                targets(job),
                discoveries(job),
                isProbe);
    }

    private static List<Located<Target>> targets(Mapping of) {
        return Values.mappings(of, "static_configs").stream()
                .flatMap(one -> one.scalarsAt("targets").stream())
                .flatMap(one -> Values.address(one).stream())
                .toList();
    }

    private static List<String> discoveries(Mapping of) {
        return of.entries().stream()
                .map(Node.Entry::name)
                .filter(key -> key.endsWith("_sd_configs"))
                .map(key -> key.replace("_sd_configs", ""))
                .toList();
    }
}
