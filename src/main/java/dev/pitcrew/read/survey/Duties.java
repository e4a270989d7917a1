package dev.pitcrew.read.survey;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Infers from a container what its service does, and why it seems so: first from images that everybody knows, then from its name, then from what it is given.
public final class Duties {
    private static final List<Rule> IMAGES =
            List.of(
                    rule(
                            Duty.MONITOR,
                            "exporter|prometheus|grafana|alertmanager|loki|promtail|cadvisor|jaeger|tempo|otel|opentelemetry|node-exporter|statsd|uptime-kuma|netdata|datadog|zipkin|vector|fluentd|fluent-?bit"),
                    rule(
                            Duty.WEB,
                            "adminer|pgadmin|phpmyadmin|redis-commander|redisinsight|kafka-ui|kafdrop|flower|portainer|dozzle|mongo-express|akhq|cloudbeaver|jupyter|metabase|superset"),
                    rule(Duty.JOB, "watchtower|ouroboros|backup|certbot|flyway|liquibase|migrate"),
                    rule(
                            Duty.STORE,
                            "postgres|postgis|timescale|mysql|mariadb|mongo|redis|valkey|keydb|dragonfly|clickhouse|influxdb|questdb|cassandra|scylla|elasticsearch|opensearch|minio|memcached|cockroach|etcd|arctic|victoria-?metrics|consul|vault|mssql"),
                    rule(
                            Duty.QUEUE,
                            "rabbitmq|kafka|redpanda|nats|activemq|artemis|mosquitto|emqx|pulsar|zookeeper|aeron|solace"),
                    rule(
                            Duty.PROXY,
                            "nginx|traefik|haproxy|caddy|envoy|kong|apisix|cloudflared|swag"),
                    rule(
                            Duty.ORDER_ENTRY,
                            "freqtrade|hummingbot|octobot|jesse|nautilus|ib-?gateway|ibeam|quickfix|passivbot|nofx|openalgo|blankly|superalgos|zenbot|gekko"));
    private static final List<Rule> NAMES =
            List.of(
                    rule(
                            Duty.JOB,
                            "migrations?|migrate|migrator|alembic|flyway|backups?|seed|cron|init|setup|db-init|reports?|certbot|cleanup|builder|tests?"),
                    rule(
                            Duty.WEB,
                            "web|frontend|front|ui|dashboard|webapp|webui|client|frequi|console|admin|docs|site|landing"),
                    rule(
                            Duty.MONITOR,
                            "monitor|monitoring|watchdog|healthcheck|exporter|prometheus|grafana|alert|alerts|alerting|alertmanager|metrics|telemetry|loki|notifier|heartbeat"),
                    rule(Duty.RISK, "risk|limits|margin|exposure|pretrade"),
                    rule(
                            Duty.MARKET_DATA,
                            "feed|feeds|marketdata|market|quotes?|ticks?|ticker|tickers|candles?|klines?|prices?|ohlcv|orderbook|collector|ingest|ingestor|ingestion|streamer|scraper|websocket|md"),
                    rule(
                            Duty.ORDER_ENTRY,
                            "oms|ems|executor|execution|exec|orders?|fix|trader|traders|trading|trade|bot|bots|router|sor|broker|gateway|live-?trader|tradingbot|freqtrade|hummingbot|maker|mm"),
                    rule(
                            Duty.STRATEGY,
                            "strategy|strategies|strat|signals?|alpha|algo|algos|quant|arbitrage|arb|engine|backtester|backtest|predictor|inference"),
                    rule(
                            Duty.BOOKS,
                            "positions?|portfolio|ledger|pnl|books?|booking|settlement|recon|reconciliation|accounting|dropcopy"),
                    rule(Duty.API, "api|backend|server|app|rest|graphql|fastapi|flask|django|bff"),
                    rule(
                            Duty.STORE,
                            "db|database|postgres|postgresql|timescaledb|mysql|mongo|mongodb|redis|cache|clickhouse|influx|influxdb"),
                    rule(Duty.QUEUE, "queue|mq|kafka|rabbitmq|rabbit|nats|zookeeper|redpanda"),
                    rule(Duty.PROXY, "proxy|nginx|traefik|haproxy|caddy|ingress|lb|loadbalancer"));
    private static final Pattern VENUE_KEY =
            Pattern.compile(
                    "(?i)(.*_)?(BINANCE|KRAKEN|BYBIT|OKX|COINBASE|ALPACA|APCA|IBKR|IB|BITMEX|DERIBIT|KUCOIN|BITGET|GATEIO|BITFINEX|HYPERLIQUID|POLYMARKET|KITE|ZERODHA|TASTYTRADE|OANDA|EXCHANGE|BROKER)(_[A-Z]+)*_(API_?)?(KEY|SECRET|SECRET_KEY|KEY_ID|TOKEN|PRIVATE_KEY)(_ID)?(_FILE)?");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");
    private static final Pattern DIGEST = Pattern.compile("@.*");
    private static final Pattern TAG = Pattern.compile(":[^/]*$");
    private static final Pattern FIX_KEY = Pattern.compile("(?i)(.*_)?(SENDER|TARGET)_?COMP_?ID");
    private static final Pattern TRADES =
            Pattern.compile(
                    "(?i)(^| )(freqtrade"
                            + " trade|trade|live_?trad\\w*(\\.py)?|\\S*(trader|trading_?bot|executor|order_gateway)\\.py|-m"
                            + " \\S*(trader|executor|execution))( |$)");

    /// What a bot's program does with the past, told by its first word.
    private static final Pattern RESEARCH =
            Pattern.compile(
                    "backtest(ing)?|backtesting-.*|hyperopt(-.*)?|plot-.*|download-data|edge|lookahead-analysis|recursive-analysis|test-pairlist|convert-.*|list-.*");

    private static final Pattern TENDS =
            Pattern.compile("(.*[-_])?(deployer|operator|upgrader?|upgrade-controller|updater)");

    /// On which gateways of brokers listen for orders.
    private static final Set<Integer> GATEWAY_PORTS = Set.of(4001, 4002, 7496, 7497);

    private static final Pattern OUT_TOPIC =
            Pattern.compile("(?i)(.*_)?(OUT|OUTPUT|PRODUCE|PRODUCER|PUBLISH|SINK)(_.*)?_TOPIC");

    private Duties() {}

    /// Words that may stand for something that sends orders, and for something of the network as well.
    private static final Pattern EITHER = Pattern.compile("router|gateway|broker|bots?");

    private static final Pattern NETWORK =
            Pattern.compile(
                    "kube|kubernetes|k|network|net|wifi|openwrt|wireguard|vpn|nat|bgp|calico|cilium|istio|mesh|ingress|egress|api|http|https|web|graphql|cloud|message|mqtt|event|service|schema|zigbee|home|iot|file|s|storage|push|sms|mail|telegram|discord|slack|whatsapp|chat|email|llm|ai|druid|pinot|celery|envoy|store|object");

    private static final int NAME_MAX =
            512; // of an image with its tag at most 383 are allowed, of a container 63

    private record Rule(Duty duty, Pattern words) {}

    /// @param because such as `image redis:7`
    record Seen(Duty duty, String because) {}

    private static Rule rule(Duty duty, String words) {
        return new Rule(duty, Pattern.compile(words));
    }

    /// What its service seems to do.
    public static Duty duty(Container container) {
        return of(container).duty();
    }

    /// What something of this name seems to do, when nothing else is known of it.
    public static Duty ofName(String name) {
        return named(name).map(Seen::duty).orElse(Duty.OTHER);
    }

    static Seen of(Container container) {
        String image =
                container
                        .image()
                        .map(Located::value)
                        .filter(one -> one.length() <= NAME_MAX)
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        String known = TAG.matcher(DIGEST.matcher(image).replaceFirst("")).replaceFirst("");
        String last = known.substring(known.lastIndexOf('/') + 1);
        if (container.build().isEmpty()) {
            for (Rule rule : IMAGES) {
                if (rule.duty() == Duty.ORDER_ENTRY
                        && (isAnother(container.name(), last) || isResearch(container))) {
                    continue; // the page of a bot is not the bot, and a look at the past sends
                    // nothing
                }
                if (rule.words().matcher(last).find()
                        || (rule.duty() != Duty.STORE && rule.words().matcher(known).find())) {
                    return new Seen(rule.duty(), "image " + image);
                }
            }
        }
        if (isResearch(container)) {
            return new Seen(Duty.JOB, "command " + container.command().getFirst().value());
        }
        Optional<Seen> named = named(container.name());
        if (named.isPresent() && !isVague(named.get().duty())) {
            return named.get();
        }
        Optional<Seen> told = told(container);
        return told.or(() -> named)
                .or(() -> last.isEmpty() ? Optional.empty() : named(last))
                .orElse(new Seen(Duty.OTHER, "nothing says more"));
    }

    private static boolean isResearch(Container container) {
        return container.command().stream()
                .map(Located::value)
                .flatMap(one -> Stream.of(one.strip().split("\\s+", 3)))
                .filter(one -> !one.endsWith("freqtrade"))
                .findFirst()
                .filter(one -> RESEARCH.matcher(one).matches())
                .isPresent();
    }

    /// Whether names say what a part of a product does that isn't sending orders; those of an API may.
    private static boolean isAnother(String... names) {
        return Stream.of(names)
                .anyMatch(
                        name ->
                                TENDS.matcher(name).matches()
                                        || named(name)
                                                .filter(seen -> seen.duty() != Duty.ORDER_ENTRY)
                                                .filter(seen -> !isVague(seen.duty()))
                                                .isPresent());
    }

    /// A backend may well be the one that trades.
    private static boolean isVague(Duty duty) {
        return duty == Duty.API || duty == Duty.STRATEGY;
    }

    private static Optional<Seen> named(String name) {
        if (name.length() > NAME_MAX) {
            return Optional.empty();
        }
        var tokens = List.of(NO_LETTERS.split(name.toLowerCase(Locale.ROOT)));
        String joined = String.join("-", tokens);
        for (Rule rule : NAMES) {
            for (String token : tokens) {
                boolean isOfNetwork =
                        EITHER.matcher(token).matches()
                                && tokens.stream().anyMatch(one -> NETWORK.matcher(one).matches());
                if (rule.words().matcher(token).matches() && !isOfNetwork) {
                    return Optional.of(new Seen(rule.duty(), "name " + name));
                }
            }
            if (rule.words().matcher(joined).matches()) {
                return Optional.of(new Seen(rule.duty(), "name " + name));
            }
        }
        return Optional.empty();
    }

    private static Optional<Seen> told(Container container) {
        for (var variable : container.environment()) {
            if (FIX_KEY.matcher(variable.name()).matches()) {
                return Optional.of(new Seen(Duty.ORDER_ENTRY, "variable " + variable.name()));
            }
        }
        String command =
                container.command().stream().map(Located::value).collect(Collectors.joining(" "));
        if (command.length() < 2000 && TRADES.matcher(command).find()) {
            return Optional.of(
                    new Seen(
                            Duty.ORDER_ENTRY,
                            "command " + command.substring(0, Math.min(60, command.length()))));
        }
        for (var variable : container.environment()) {
            if (VENUE_KEY.matcher(variable.name()).matches()) {
                return Optional.of(new Seen(Duty.ORDER_ENTRY, "variable " + variable.name()));
            }
        }
        return container.ports().stream()
                .filter(port -> GATEWAY_PORTS.contains(port.inside()))
                .findFirst()
                .map(port -> new Seen(Duty.ORDER_ENTRY, "port " + port.inside()))
                .or(() -> published(container));
    }

    /// Told by the topic that it writes to.
    private static Optional<Seen> published(Container container) {
        for (var variable : container.environment()) {
            String topic = variable.value().map(Located::value).orElse("");
            if (OUT_TOPIC.matcher(variable.name()).matches() && topic.length() < 200) {
                String because = "topic " + topic + " in " + variable.name();
                if (topic.matches("(?i)(.*[._-])?orders?([._-].*)?")) {
                    return Optional.of(new Seen(Duty.STRATEGY, because));
                }
                if (topic.matches(
                        "(?i)(.*[._-])?(ticks?|quotes?|prices?|candles?|marketdata)([._-].*)?")) {
                    return Optional.of(new Seen(Duty.MARKET_DATA, because));
                }
            }
        }
        return Optional.empty();
    }
}
