package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of the whole system, across its formats, in the order of their codes.
public final class WholeChecks {
    public static final List<Check> ALL =
            List.of(
                    new AddressOfNobody(),
                    new AddressWithPortOfHost(),
                    new StoreNotWaitedFor(),
                    new AddressOfItself(),
                    new ConfigurationNeverRendered(),
                    new MappedToTheWrongPort(),
                    new TargetPortOfNobody(),
                    new ServiceOnAnotherPort(),
                    new ValueOfNobody(),
                    new EnvironmentsShareDatabase(),
                    new EntranceToNobody(),
                    new SecretWithoutKey(),
                    new TagNobodyBuilds(),
                    new EntrypointNotInImage(),
                    new DeployWaitsForNoTest(),
                    new HealthToolMissing(),
                    new PublishedPortNobodyHears(),
                    new WatchesAnotherNamespace(),
                    new ScrapedOnTheWrongPort(),
                    new WatchesNobody(),
                    new ProxyToNobody(),
                    new ProxyToTheWrongPort(),
                    new RulesNobodyLoads(),
                    new LoginWalkedAround(),
                    new AlertOfNoJob(),
                    new PageEndsInNothing(),
                    new RecordedByNobody(),
                    new StartedTwice(),
                    new UnitOfMissingFile(),
                    new TimerOfNobody(),
                    new RestartsUnitOfNobody(),
                    new OneWayOut(),
                    new HandlerOfNobody(),
                    new PlayForNobody());

    private WholeChecks() {}
}
