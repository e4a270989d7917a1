/// Prometheus configurations and rules, Alertmanager configurations, what a Grafana is given, and metrics that code exports in, facts out.
///
/// [PromQl] is the expression language with the place of everything; [Queries] takes from it what checks ask for. Read [PrometheusFormat] first.
@NullMarked
package dev.pitcrew.read.prometheus;

import org.jspecify.annotations.NullMarked;
