package dev.pitcrew.read.survey;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Trading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Infers from a container what it trades with, and why it seems so: what its variables and its command say counts more than its name, that more than its file's, that more than its folder's.
final class Tradings {
    private static final Pattern TEST_PATH =
            Pattern.compile(
                    "(?i)(^|.*/)(tests?|testing|testdata|fixtures?|examples?|samples?|demos?|e2e|integration-tests?|docs?|benchmarks?|\\.devcontainer)/.*");
    private static final Pattern MODE =
            Pattern.compile(
                    "(?i)(.*_)?(TRADING_?MODE|TRADE_?MODE|RUN_?MODE|EXECUTION_?MODE|ACCOUNT_?(TYPE|MODE)|TRADING_?ENV(IRONMENT)?|BOT_?MODE|MODE|APP_?ENV|ENV|ENVIRONMENT|STAGE|DEPLOYMENT|SPRING_PROFILES_ACTIVE)");
    private static final Pattern SAFE_SWITCH =
            Pattern.compile(
                    "(?i)(.*_)?(DRY_?RUN|PAPER|PAPER_?TRADING|IS_PAPER|USE_PAPER|SIMULAT(E|ION)|TESTNET|USE_TESTNET|IS_TESTNET|SANDBOX|USE_SANDBOX)(_MODE|_ENABLED)?");
    private static final Pattern LIVE_SWITCH =
            Pattern.compile(
                    "(?i)(.*_)?(LIVE|LIVE_?TRADING|ENABLE_LIVE(_TRADING)?|LIVE_?MODE|REAL_?TRADING)(_ENABLED)?");
    private static final Pattern SAFE_URL =
            Pattern.compile("(?i).*(testnet|sandbox|paper-api|demo-?api|-demo\\.|demo\\.).*");
    private static final Pattern YES = Pattern.compile("(?i)true|yes|on|1");
    private static final Pattern NO = Pattern.compile("(?i)false|no|off|0");

    private static final Pattern NET = Pattern.compile(".*(TESTNET|SANDBOX).*");
    private static final Pattern SAYS_MODE =
            Pattern.compile(
                    "(.*_)?(TRADING|TRADE|RUN|EXECUTION|BOT|ACCOUNT)_?(MODE|TYPE|ENV(IRONMENT)?)");
    private static final Pattern PAPER_FLAG =
            Pattern.compile("--(dry-run|paper|testnet|sandbox)\\b");
    private static final Pattern LIVE_FLAG = Pattern.compile("--(live|mode[= ]live)\\b");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");

    private Tradings() {}

    /// @param because empty when nothing says it
    record Seen(Trading trading, String because) {}

    static Seen of(Container container) {
        String file = container.place().file();
        if (TEST_PATH.matcher(file).matches()) {
            return new Seen(Trading.TEST, "folder of " + file);
        }
        return said(container)
                .or(
                        () ->
                                word(container.name())
                                        .map(one -> new Seen(one, "name " + container.name())))
                .or(() -> marked(container))
                .or(
                        () ->
                                word(container.unit())
                                        .map(one -> new Seen(one, "its set " + container.unit())))
                .or(() -> word(file).map(one -> new Seen(one, "file " + file)))
                .orElse(new Seen(Trading.UNKNOWN, ""));
    }

    /// A namespace, or the overlay that it is applied with.
    private static Optional<Seen> marked(Container container) {
        return container.traits().stream()
                .map(Located::value)
                .filter(one -> one.startsWith("namespace:") || one.startsWith("set:"))
                .flatMap(one -> word(one).map(trading -> new Seen(trading, one)).stream())
                .findFirst();
    }

    private static Optional<Seen> said(Container container) {
        for (EnvVariable variable : container.environment()) {
            Optional<String> value = variable.value().map(Located::value);
            Optional<Trading> trading = value.flatMap(one -> switched(variable.name(), one));
            if (trading.isPresent()) {
                return Optional.of(
                        new Seen(trading.get(), "variable " + variable.name() + "=" + value.get()));
            }
        }
        String command =
                container.command().stream().map(Located::value).collect(Collectors.joining(" "));
        if (PAPER_FLAG.matcher(command).find()) {
            return Optional.of(new Seen(Trading.PAPER, "its command"));
        }
        if (LIVE_FLAG.matcher(command).find()) {
            return Optional.of(new Seen(Trading.LIVE, "its command"));
        }
        for (EnvVariable variable : container.environment()) {
            Optional<String> value = variable.value().map(Located::value);
            if (value.filter(one -> one.contains("://") && SAFE_URL.matcher(one).matches())
                    .isPresent()) {
                return Optional.of(new Seen(Trading.DEMO, "variable " + variable.name()));
            }
        }
        for (EnvVariable variable : container.environment()) {
            Optional<Trading> trading =
                    variable.value()
                            .map(Located::value)
                            .filter(_ -> MODE.matcher(variable.name()).matches())
                            .flatMap(Tradings::word);
            if (trading.isPresent()) {
                return Optional.of(
                        new Seen(
                                trading.get(),
                                "variable "
                                        + variable.name()
                                        + "="
                                        + variable.value().map(Located::value).orElse("")));
            }
        }
        return Optional.empty();
    }

    private static Optional<Trading> switched(String name, String value) {
        if (SAFE_SWITCH.matcher(name).matches()) {
            boolean isNet = NET.matcher(name.toUpperCase(Locale.ROOT)).matches();
            return YES.matcher(value).matches()
                    ? Optional.of(isNet ? Trading.DEMO : Trading.PAPER)
                    : NO.matcher(value).matches() ? Optional.of(Trading.LIVE) : Optional.empty();
        }
        if (LIVE_SWITCH.matcher(name).matches()) {
            return YES.matcher(value).matches()
                    ? Optional.of(Trading.LIVE)
                    : NO.matcher(value).matches() ? Optional.of(Trading.PAPER) : Optional.empty();
        }
        return SAYS_MODE.matcher(name.toUpperCase(Locale.ROOT)).matches()
                ? word(value)
                : Optional.empty();
    }

    /// What a word of a text says: a name, a path, a value.
    static Optional<Trading> word(String text) {
        for (String token : List.of(NO_LETTERS.split(text.toLowerCase(Locale.ROOT)))) {
            var trading =
                    switch (token) {
                        case "live", "prod", "production", "prd", "mainnet" -> Trading.LIVE;
                        case "paper", "dryrun", "simulation", "shadow" -> Trading.PAPER;
                        case "demo", "sandbox", "testnet", "uat", "staging" -> Trading.DEMO;
                        case "test", "tests", "dev", "development", "local", "ci", "backtest" ->
                                Trading.TEST;
                        default -> Trading.UNKNOWN;
                    };
            if (trading != Trading.UNKNOWN) {
                return Optional.of(trading);
            }
        }
        return Optional.empty();
    }
}
