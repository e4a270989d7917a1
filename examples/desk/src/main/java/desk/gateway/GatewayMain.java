package desk.gateway;

import desk.common.Http;
import desk.common.KeyValues;
import desk.common.OperatorPort;
import desk.common.Settings;
import desk.gateway.GatewayVersion.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Starts one gateway process.
public final class GatewayMain {
    private static final int CRASH_STATUS = 134;
    private static final long CRASH_SECONDS = 20;

    private GatewayMain() {}

    public static void main(Settings settings) throws Exception {
        var http = start(settings);
        System.out.printf("%s: HTTP %d%n", settings.instance(), http.port());
    }

    static Http start(Settings settings) throws IOException, SQLException {
        var version = GatewayVersion.of(KeyValues.read(settings.file("VERSION_FILE")));
        var configuration = KeyValues.read(settings.file("CONFIG_FILE"));
        Files.createDirectories(settings.deskDir());
        var file = settings.deskDir().resolve("orders.db");
        var store = OrderStore.open(file, version, settings.instance());
        refuseUnreadable(version, store.control().readableBy());
        var writer = new Writer(store, "order-store");
        var reads = new Reads(file, version, settings.instance());
        var requests =
                new Requests(Integer.parseInt(configuration.getOrDefault("slowMillis", "40")));
        var gateway = new Gateway(settings, version, writer, reads, requests);
        var http = new Http(settings.port());
        var told = version.has(Flaw.WRONG_DIGEST) ? withOtherFile(settings) : settings;
        OperatorPort.serve(http, told, gateway, new StoreTokens(writer, reads));
        new OrderDesk(gateway, version, writer, reads, requests, settings.instance()).addTo(http);
        http.start();
        begin(settings, version, gateway);
        return http;
    }

    private static void refuseUnreadable(GatewayVersion version, String readableBy) {
        if (!version.canRead(readableBy)) {
            throw new IllegalStateException(
                    "the order store is readable by %s only, and this version reads %s: start one that reads it"
                            .formatted(readableBy, version.reads()));
        }
    }

    // The digest then is of a version file that nobody approved.
    private static Settings withOtherFile(Settings settings) throws IOException {
        var other = settings.deskDir().resolve(settings.instance() + ".version");
        var lines = Files.readString(settings.file("VERSION_FILE").orElseThrow());
        Files.writeString(other, lines + "# touched on the host\n");
        var values = new HashMap<>(settings.values());
        values.put("VERSION_FILE", other.toString());
        return new Settings(values);
    }

    private static void begin(Settings settings, GatewayVersion version, Gateway gateway) {
        if (version.has(Flaw.CRASHES)) {
            CompletableFuture.delayedExecutor(CRASH_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> Runtime.getRuntime().halt(CRASH_STATUS));
        }
        Thread.ofPlatform()
                .name("warm-up")
                .daemon()
                .start(
                        () -> {
                            try {
                                Warmup.run(settings.instance(), version);
                                gateway.warmUp();
                            } catch (Exception e) {
                                System.out.println(settings.instance() + " can't warm up: " + e);
                            }
                        });
    }
}
