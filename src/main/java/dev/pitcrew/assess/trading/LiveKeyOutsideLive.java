package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Trading;
import java.util.regex.Pattern;

/// One switch away from real orders.
public final class LiveKeyOutsideLive implements Check {
    private static final Id ID =
            new Id(
                    "TRD-016",
                    "live-key-outside-live",
                    Severity.HIGH,
                    "A service that only plays holds the same key of the venue as the one that"
                            + " trades live");
    private static final Pattern VENUE =
            Pattern.compile(
                    "(?i)(.*_)?(BINANCE|KRAKEN|BYBIT|OKX|COINBASE|ALPACA|APCA|IBKR|BITMEX|DERIBIT|KUCOIN|BITGET|GATEIO|BITFINEX|HYPERLIQUID|EXCHANGE|BROKER|VENUE)(_.*)?_(SECRET|SECRET_?KEY|PRIVATE_?KEY|KEY)");

    private static boolean areSame(EnvVariable mine, EnvVariable theirs) {
        boolean isSecret = mine.secret().isPresent() && mine.secret().equals(theirs.secret());
        return isSecret
                || mine.value()
                        .filter(at -> at.value().length() > 3)
                        .filter(
                                at ->
                                        theirs.value()
                                                .filter(his -> his.value().equals(at.value()))
                                                .isPresent())
                        .isPresent();
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var others =
                subject.all(Container.class).stream()
                        .filter(
                                one ->
                                        subject.trading(one) == Trading.PAPER
                                                || subject.trading(one) == Trading.DEMO)
                        .toList();
        for (Container live : subject.all(Container.class)) {
            if (subject.trading(live) != Trading.LIVE) {
                continue;
            }
            for (Container other : others) {
                if (!Pods.areTogether(live, other)) {
                    continue;
                }
                live.environment().stream()
                        .filter(at -> VENUE.matcher(at.name()).matches())
                        .filter(
                                at ->
                                        other.environment().stream()
                                                .anyMatch(his -> areSame(at, his)))
                        .findFirst()
                        .ifPresent(
                                at ->
                                        report.finding(
                                                        other.place(),
                                                        "%s, which does not trade live, holds the same %s as %s, which does"
                                                                .formatted(
                                                                        other.name(),
                                                                        at.name(),
                                                                        live.name()))
                                                .about(live)
                                                .also(at.place(), "the key of the live one")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }
}
