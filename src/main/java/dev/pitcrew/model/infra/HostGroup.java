package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// Hosts that have a name in common, as an inventory lists them.
///
/// @param format of the file: `ansible-inventory`
/// @param place where it is listed
/// @param name of the group
/// @param hosts those of the groups within it as well
public record HostGroup(String format, Place place, String name, List<String> hosts)
        implements InfraFact {
    public HostGroup {
        hosts = List.copyOf(hosts);
    }
}
