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
import java.util.ArrayList;
import java.util.List;

/// Prometheus configurations and rules, as files, as objects of its operator, or inside ConfigMaps.
public final class PrometheusFormat implements Format {
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
                || (text.contains("alertmanagers:") && text.contains("alerting:"));
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

    private static ScrapeJob job(
            Mapping job, Located<String> name, Located<java.time.Duration> usual) {
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
