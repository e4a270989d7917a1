package dev.pitcrew.read.survey;

import dev.pitcrew.read.prometheus.AlertmanagerFormat;
import dev.pitcrew.read.prometheus.MetricsFormat;
import dev.pitcrew.read.prometheus.PrometheusFormat;
import dev.pitcrew.read.proxy.HaproxyFormat;
import dev.pitcrew.read.proxy.NginxFormat;
import java.util.List;

/// All formats. To add one, write its class and add its line here.
public final class Formats {
    /// In the order in which they read.
    public static final List<Format> ALL =
            List.of(
                    // compose, env, kubernetes

                    // dockerfile, shell, pipelines, dependencies

                    // proxies, units, store settings, migrations, prometheus
                    new PrometheusFormat(),
                    new AlertmanagerFormat(),
                    new MetricsFormat(),
                    new NginxFormat(),
                    new HaproxyFormat()
                    );

    private Formats() {}
}
