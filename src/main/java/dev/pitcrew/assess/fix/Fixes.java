package dev.pitcrew.assess.fix;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The fixes of all checks, by code. A check that is in none of the tables is mended by hand, as its page says.
public final class Fixes {
    private static final Map<String, Fixer> ALL = all();

    private Fixes() {}

    private static Map<String, Fixer> all() {
        var all = new TreeMap<String, Fixer>();
        List.of(
                        HostFixes.ALL,
                        ClusterFixes.ALL,
                        PipelineFixes.ALL,
                        ProxyFixes.ALL,
                        StoreFixes.ALL,
                        AlertFixes.ALL,
                        AddressFixes.ALL,
                        UnitFixes.ALL,
                        CloudFixes.ALL,
                        BrokerFixes.ALL,
                        ConsoleFixes.ALL)
                .forEach(
                        table ->
                                table.forEach(
                                        (code, fixer) -> {
                                            if (all.put(code, fixer) != null) {
                                                throw new IllegalStateException(
                                                        "two fixes of " + code);
                                            }
                                        }));
        return all;
    }

    /// The codes of checks of which some findings can be mended.
    public static Set<String> codes() {
        return Set.copyOf(ALL.keySet());
    }

    /// Whether some findings of a check can be mended.
    public static boolean has(Check.Id check) {
        return ALL.containsKey(check.code());
    }

    /// The ways to mend a finding, the best first; not proven yet.
    public static List<Fix> of(Finding finding, Subject subject) {
        var fixer = ALL.get(finding.check().code());
        return fixer == null ? List.of() : fixer.of(finding, subject);
    }
}
