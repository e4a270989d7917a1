package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of proxies, in the order of their codes.
public final class ProxyChecks {
    public static final List<Check> ALL =
            List.of(
                    new AdminPageWithoutLogin(),
                    new ClientsAddressBelieved(),
                    new QuietSocketCut(),
                    new SocketNotUpgraded(),
                    new OldWorkersStay(),
                    new ServerWithoutCheck(),
                    new StatsPageOpen(),
                    new HeadersLostInLocation(),
                    new NoTimeouts());

    private ProxyChecks() {}
}
