package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an environment's HAProxy or nginx is, and where its clients connect.
///
/// @param sockets of HAProxy, the Runtime API of each that serves here: a path, or `host:port`; all are told the same
/// @param folder what the balancer reads when it begins: written by Pitcrew
/// @param pid of nginx, the file in which its master process is named
/// @param configuration of nginx, its main file
/// @param fronts by service
public record Proxy(
        List<Template> sockets,
        Template folder,
        Optional<Template> pid,
        Template configuration,
        Map<String, Front> fronts) {
    public Proxy {
        sockets = List.copyOf(sockets);
        fronts = Words.inOrder(fronts);
    }

    /// Where clients of one service connect.
    ///
    /// @param listen `host:port`
    /// @param slots how many instances may have requests at once, those that leave included
    /// @param closeAfter connections that are still with an instance to which no new ones go are closed after this; empty: never by us
    public record Front(Template listen, Mode mode, int slots, Optional<Duration> closeAfter) {
        public Front {
            if (slots < 2) {
                throw new IllegalArgumentException("old and new need two slots, got " + slots);
            }
        }
    }

    /// What is understood of what goes through.
    public enum Mode {
        HTTP,
        /// Nothing, as with FIX: each connection goes to one instance.
        TCP
    }
}
