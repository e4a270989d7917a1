package desk;

import desk.audit.AuditMain;
import desk.common.Settings;
import desk.dropcopy.DropCopy;
import desk.entry.Entry;
import desk.feed.Feed;
import desk.gateway.GatewayMain;
import desk.load.Load;
import desk.quotes.Quotes;
import desk.strategy.Strategy;
import desk.venue.Venue;
import java.util.List;

/// `java -jar desk.jar ROLE`: starts one process of the desk.
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println(
                    "desk.jar venue|gateway|entry|strategy|feed|drop-copy|quotes|load|audit");
            System.exit(2);
        }
        var settings = Settings.fromEnvironment();
        var rest = List.of(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "venue" -> Venue.main(settings, rest);
            case "feed" -> Feed.main(settings);
            case "drop-copy" -> DropCopy.main(settings);
            case "audit" -> AuditMain.main(settings, rest);
            case "gateway" -> GatewayMain.main(settings);
            case "entry" -> Entry.main(settings);
            case "strategy" -> Strategy.main(settings);
            case "quotes" -> Quotes.main(settings);
            case "load" -> Load.main(settings, rest);
            default -> {
                System.err.println("no such role: " + arguments[0]);
                System.exit(2);
            }
        }
    }
}
