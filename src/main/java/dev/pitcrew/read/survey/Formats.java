package dev.pitcrew.read.survey;

import dev.pitcrew.read.compose.ComposeFormat;
import dev.pitcrew.read.env.EnvFormat;
import dev.pitcrew.read.kubernetes.KubernetesFormat;
import java.util.List;

/// All formats. To add one, write its class and add its line here.
public final class Formats {
    /// In the order in which they read.
    public static final List<Format> ALL =
            List.of(
                    // compose, env, kubernetes
                    new EnvFormat(), new ComposeFormat(), new KubernetesFormat()

                    // dockerfile, shell, pipelines, dependencies

                    // proxies, units, store settings, migrations, prometheus

                    );

    private Formats() {}
}
