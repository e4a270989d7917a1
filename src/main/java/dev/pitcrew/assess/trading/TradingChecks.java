package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of what trades, in the order of their codes.
public final class TradingChecks {
    public static final List<Check> ALL =
            List.of(
                    new SeveralOrderSenders(),
                    new OrderSenderAutoscaled(),
                    new NewSenderBeforeOldStops(),
                    new KilledBeforeDrained(),
                    new OrderPathOnEveryInterface(),
                    new ImageChangesUnattended(),
                    new ImageFloatsOnOrderPath(),
                    new LiveUnlessToldOtherwise(),
                    new LiveAndDemoShareData(),
                    new HealthCheckCannotFail(),
                    new SendingJobIsRepeated(),
                    new SendingJobsOverlap(),
                    new StoreDiesWithContainer(),
                    new StoreToldToForget(),
                    new LimitsPerCopy(),
                    new LiveKeyOutsideLive(),
                    new MoreCopiesThanBrokers(),
                    new QueuePageWithoutLogin(),
                    new HealthOfTheProcessOnly(),
                    new MemoryOfOrdersDies(),
                    new AuditStreamForgets(),
                    new LeaderThatLagged(),
                    new OrderProcessHearsNoStop(),
                    new UnattendedDeploy(),
                    new DeployByClock(),
                    new TestsThatCannotFail(),
                    new EvidenceThatIsPrinted(),
                    new VenueLibraryNotPinned(),
                    new BackupThatCannotFail(),
                    new OldBackupsGoFirst(),
                    new OrdersSentTwice(),
                    new OrdersInTheClear(),
                    new KillSwitchOpen(),
                    new ProxyGivesUpFirst(),
                    new FeedAlertAsksThePort(),
                    new MutedInTheSession(),
                    new ExportedAndNotWatched(),
                    new PageAfterTheBudget(),
                    new SilentWhenTheFeedIsGone(),
                    new EvidenceDeletedEarly(),
                    new RestartedForEver(),
                    new OldSenderSurvivesStop(),
                    new KilledWithoutWarning(),
                    new TimerRestartsInSession(),
                    new GoneAfterReboot(),
                    new TimerWithoutZone(),
                    new CodeChangesAtRestart(),
                    new BackupOnTheSameDisk(),
                    new BackupNeverRestored(),
                    new OrdersDatabaseDeletedAtOnce(),
                    new OrdersDatabaseWithoutBackup(),
                    new OrdersDatabaseInOneZone(),
                    new OrderPortOpenToEveryone(),
                    new OrderEntryOnSpot(),
                    new OrderQueueOutOfOrder(),
                    new BackupsWithoutVersions());

    private TradingChecks() {}
}
