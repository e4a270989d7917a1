package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.ExportedMetric;
import dev.pitcrew.model.infra.ExportedMetric.Kind;
import dev.pitcrew.model.infra.RecordingRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which metrics exist, as far as a repository tells.
public final class Exporters {
    /// First words of metrics that well-known exporters and client libraries bring, which no code of a desk declares.
    private static final Set<String> KNOWN =
            Set.of(
                    "up",
                    "scrape",
                    "ALERTS",
                    "node",
                    "container",
                    "kube",
                    "kubelet",
                    "apiserver",
                    "etcd",
                    "coredns",
                    "pg",
                    "postgres",
                    "postgresql",
                    "mysql",
                    "redis",
                    "mongodb",
                    "kafka",
                    "rabbitmq",
                    "nats",
                    "zookeeper",
                    "probe",
                    "process",
                    "python",
                    "jvm",
                    "tomcat",
                    "hikaricp",
                    "logback",
                    "executor",
                    "go",
                    "prometheus",
                    "alertmanager",
                    "grafana",
                    "loki",
                    "nginx",
                    "haproxy",
                    "envoy",
                    "traefik",
                    "istio",
                    "http",
                    "https",
                    "grpc",
                    "system",
                    "disk",
                    "machine",
                    "windows",
                    "snmp",
                    "ssl",
                    "cadvisor",
                    "celery",
                    "gunicorn",
                    "flask",
                    "fastapi",
                    "starlette",
                    "django",
                    "elasticsearch",
                    "clickhouse",
                    "minio",
                    "vault",
                    "consul",
                    "certmanager",
                    "argocd",
                    "thanos",
                    "cortex",
                    "tempo",
                    "otelcol",
                    "otel",
                    "blackbox",
                    "pushgateway",
                    "chrony",
                    "ntp",
                    "systemd",
                    "namedprocess",
                    "nvidia",
                    "DCGM",
                    "docker",
                    "engine",
                    "swarm",
                    "fluentbit",
                    "fluentd",
                    "questdb",
                    "timescaledb",
                    "influxdb",
                    "velero",
                    "workqueue",
                    "rest",
                    "controller",
                    "net",
                    "cpu",
                    "mem",
                    "memory");

    private Exporters() {}

    /// Whether it comes from something that the repository's code need not declare.
    public static boolean isKnown(String metric) {
        return KNOWN.contains(first(metric));
    }

    /// Whether something in the repository makes it.
    public static boolean isMade(Subject subject, String metric) {
        return subject.all(ExportedMetric.class).stream()
                        .anyMatch(one -> one.answers(metric) || isPattern(one, metric))
                || subject.all(RecordingRule.class).stream()
                        .anyMatch(one -> one.name().equals(metric));
    }

    private static boolean isPattern(ExportedMetric one, String metric) {
        if (!one.name().contains("*")) {
            return false;
        }
        String[] parts = one.name().split("\\*", -1);
        return metric.startsWith(parts[0])
                && java.util.Arrays.stream(parts).allMatch(metric::contains);
    }

    /// The declared metric of the same beginning whose name is nearest.
    public static Optional<ExportedMetric> nearest(Subject subject, String metric) {
        return subject.all(ExportedMetric.class).stream()
                .filter(ExportedMetric::isSure)
                .filter(one -> first(one.name()).equals(first(metric)))
                .min(Comparator.comparingInt(one -> distance(one.name(), metric)));
    }

    /// What kind of metric a series is, where code declares it or its name tells.
    public static Optional<Kind> kind(Subject subject, String series) {
        List<Kind> declared =
                subject.all(ExportedMetric.class).stream()
                        .filter(one -> one.isSure() && one.name().equals(series))
                        .map(ExportedMetric::kind)
                        .distinct()
                        .toList();
        if (declared.size() == 1) {
            return Optional.of(declared.getFirst());
        }
        return declared.isEmpty() && series.endsWith("_total")
                ? Optional.of(Kind.COUNTER)
                : Optional.empty();
    }

    private static String first(String metric) {
        int end = metric.indexOf('_');
        int colon = metric.indexOf(':');
        end = colon >= 0 && (end < 0 || colon < end) ? colon : end;
        return end < 0 ? metric : metric.substring(0, end);
    }

    /// How many letters must change to make one name of the other.
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), corner + change);
                corner = above;
            }
        }
        return row[other.length()];
    }
}
