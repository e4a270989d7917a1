package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.FailoverTiming.Tool;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Patroni's timing, what it does with commits and what it gives to PostgreSQL: under `bootstrap.dcs` of its own file, at the top of what `patronictl edit-config` takes, under `spec.patroni` of Zalando's operator.
///
/// @see <a href="https://patroni.readthedocs.io/en/latest/dynamic_configuration.html">dynamic configuration</a>
public final class PatroniConf implements Format {
    private static final Pattern FILES = Pattern.compile(".*\\.ya?ml");

    private static final List<String> KEYS =
            List.of(
                    "ttl",
                    "loop_wait",
                    "retry_timeout",
                    "primary_start_timeout",
                    "maximum_lag_on_failover");

    @Override
    public String name() {
        return "patroni";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILES.matcher(file.name()).matches()
                && file.text().contains("loop_wait")
                && file.text().contains("ttl");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            for (var document : file.documents().documents()) {
                Node root = document.root();
                Stream.of(
                                root.at("bootstrap", "dcs"),
                                root.at("spec", "patroni"),
                                Optional.of(root))
                        .flatMap(Optional::stream)
                        .filter(one -> one.scalarAt("loop_wait").isPresent())
                        .findFirst()
                        .ifPresent(
                                one -> {
                                    found.fact(timing(root, one));
                                    settings(one).forEach(found::fact);
                                });
            }
        }
    }

    /// What it does with commits, and what it gives to PostgreSQL itself.
    private List<StoreSetting> settings(Node dcs) {
        var own =
                dcs.entriesAt().stream()
                        .filter(one -> one.name().startsWith("synchronous_"))
                        .flatMap(one -> setting(StoreKind.PATRONI, one).stream());
        var given =
                dcs.entriesAt("postgresql", "parameters").stream()
                        .flatMap(one -> setting(StoreKind.POSTGRESQL, one).stream());
        return Stream.concat(own, given).toList();
    }

    private Optional<StoreSetting> setting(StoreKind kind, Node.Entry entry) {
        return entry.value() instanceof Node.Scalar value
                ? Optional.of(
                        new StoreSetting(
                                name(),
                                kind,
                                entry.name(),
                                entry.key().place(),
                                new Located<>(value.text(), value.place()),
                                Optional.empty()))
                : Optional.empty();
    }

    private FailoverTiming timing(Node root, Node dcs) {
        var numbers = new HashMap<String, Located<Long>>();
        for (String key : KEYS) {
            dcs.scalarAt(key)
                    .or(
                            () ->
                                    key.startsWith("primary_")
                                            ? dcs.scalarAt(key.replace("primary_", "master_"))
                                            : Optional.empty())
                    .filter(one -> one.text().matches("[0-9]{1,12}"))
                    .ifPresent(
                            one ->
                                    numbers.put(
                                            key,
                                            new Located<>(Long.valueOf(one.text()), one.place())));
        }
        String name =
                root.scalarAt("scope")
                        .or(() -> root.scalarAt("metadata", "name"))
                        .map(Node.Scalar::text)
                        .orElse("");
        return new FailoverTiming(name(), dcs.place(), Tool.PATRONI, name, numbers);
    }
}
