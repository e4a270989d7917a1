package dev.pitcrew.runtime.http;

import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import java.time.Duration;
import java.util.Map;

/// Reads facts from an instance, changing nothing.
public interface Probing {
    /// One round: all probes at once, each address fetched once however many probes read it.
    ///
    /// What a value is: by HTTP the JSON at the pointer (a missing place is a failure; `""` points at the whole
    /// answer, whatever the status), and without a pointer `true` for a 2xx status and `false` for another; of a metric
    /// the sample; of SQL the first column of the first row; of a command what it printed, trimmed, where for
    /// [ProbeName#READY] its exit code tells `true` or `false`.
    ///
    /// @param timeout of each probe; the call returns soon after it, whatever hangs
    /// @return one reading for each probe
    Map<ProbeName, ProbeReading> read(
            Instance instance, Map<ProbeName, Probe> probes, Duration timeout);

    /// The body of a GET, such as the books for a reconciliation; a status other than 2xx is a failure.
    ///
    /// @param path starts with a slash
    ProbeReading fetch(Address address, String path, Duration timeout);
}
