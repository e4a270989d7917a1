package dev.pitcrew.runtime.balancer;

import java.nio.file.Path;
import java.util.List;

/// The balancer's process: `BalancerMain --kind demo|paper --state FILE`.
///
/// A bad command line ends with exit code 2, a port or a file that fails with 1.
public final class BalancerMain {
    private static final String USAGE = "usage: BalancerMain --kind demo|paper --state FILE";

    private BalancerMain() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        if (words.size() != 4
                || !words.get(0).equals("--kind")
                || !words.get(2).equals("--state")
                || !List.of("demo", "paper", "live").contains(words.get(1))) {
            end(2, USAGE);
            return;
        }
        if (words.get(1).equals("live")) {
            end(
                    2,
                    "the built-in balancer is for demo and paper only; in a live environment put"
                            + " HAProxy or nginx in front and name it in pitcrew.yaml");
            return;
        }
        run(Path.of(words.get(3)));
    }

    private static void run(Path file) {
        try (Balancer balancer = Balancer.start(file)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(balancer), "close"));
            System.out.println("the balancer takes orders at " + balancer.admin());
            balancer.join();
        } catch (Exception e) {
            end(1, "the balancer can't run with " + file + ": " + e);
        }
    }

    private static void close(Balancer balancer) {
        try {
            balancer.close();
        } catch (Exception e) {
            System.err.println("the balancer did not close cleanly: " + e);
        }
    }

    private static void end(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
