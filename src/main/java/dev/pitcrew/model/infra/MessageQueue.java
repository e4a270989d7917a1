package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;

/// A queue that a broker is told to have.
///
/// @param format of the file: `rabbitmq`
/// @param place of its name
/// @param name of it
/// @param kind `classic`, `quorum` or `stream`
/// @param isDurable whether it is there again after a restart of the broker
/// @param isMirrored whether a policy keeps copies of it on other nodes
public record MessageQueue(
        String format,
        Place place,
        String name,
        Located<String> kind,
        Located<Boolean> isDurable,
        boolean isMirrored)
        implements InfraFact {}
