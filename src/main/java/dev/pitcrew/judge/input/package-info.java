/// What people have of two versions, as the judge takes it: files of values, CSV, HdrHistogram logs, scrapes of Prometheus
/// text.
///
/// In: the content of files, with their names for what is wrong. Out: a `Read`, so all problems at once. Read [Samples]
/// first for latencies, [Scrape] and then [Comparison] for metrics, [Outcomes] for errors.
@NullMarked
package dev.pitcrew.judge.input;

import org.jspecify.annotations.NullMarked;
