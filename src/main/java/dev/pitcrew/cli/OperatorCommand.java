package dev.pitcrew.cli;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.server.Grant;
import dev.pitcrew.server.HashedToken;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.Right;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew operator add|list|remove`: who may ask the controller for something.
@Command(
        description = {
            "Each operator has a token, which every request to the controller carries: put yours into PITCREW_TOKEN. Only a hash of it is kept, so `add` shows it once.",
            "",
            "Whoever may write the data folder can add an operator, and needs no token. That is in the ledger, with who says to have done it, before the new one can act."
        })
final class OperatorCommand extends DeskCommand {
    enum Act {
        ADD,
        LIST,
        REMOVE,
        TOKEN
    }

    @Parameters(
            index = "0",
            paramLabel = "add|list|remove|token",
            description =
                    "What to do; token makes one for yourself, with the salted hash by which somebody else adds you.")
    private Act act = Act.LIST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Whom to add or remove: lower-case letters, digits, dots, dashes.")
    private @Nullable String name;

    @Option(
            names = "--rights",
            split = ",",
            paramLabel = "RIGHT",
            description =
                    "With add: what the token allows, of read, change, approve, stop; else all. Reading comes with each.")
    private List<String> rights = List.of();

    @Option(
            names = "--in",
            split = ",",
            paramLabel = "ENVIRONMENT",
            description = "With add: only in these environments; else in all.")
    private List<String> environments = List.of();

    @Option(
            names = "--hash",
            paramLabel = "SALT:HASH",
            description =
                    "With add: what `token` said to him; nobody else ever has his token then. Else a token is made and shown once.")
    private @Nullable String hash;

    @Option(
            names = "--of",
            split = ",",
            paramLabel = "OWNER",
            description =
                    "With add: only for what belongs to these: a desk such as equities, or one of its strategies, equities/pairs. Each service is its owner's, else the system's; else for all.")
    private List<String> owners = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "With add: the token is void after so long, such as 90d; else never.")
    private @Nullable Duration expires;

    @Override
    ExitCode run(Where.Place place) {
        var operators = new Operators(place.data().operators(), new SecureRandom());
        switch (act) {
            case ADD -> {
                var by = Optional.of(Client.whoAmI(place.data()));
                if (hash != null) {
                    operators.add(who(), HashedToken.parse(hash), by, grant());
                    writeDown(place);
                    show(Map.of("operator", who()), who() + " is an operator");
                } else {
                    var token = operators.add(who(), by, grant());
                    writeDown(place);
                    show(Map.of("operator", who(), "token", token), token);
                    err().println("the token of " + who() + "; it is never shown again");
                }
            }
            case TOKEN -> {
                var token = operators.newToken();
                var kept = operators.hashed(token).text();
                show(Map.of("token", token, "hash", kept), token);
                err().println("your token; it is never shown again. Who adds you needs only this:");
                err().println("pitcrew operator add NAME --hash " + kept);
            }
            case LIST -> show(operators.names(), String.join("\n", operators.names()));
            case REMOVE -> {
                operators.remove(who());
                writeDown(place);
                show(Map.of("removed", who()), who() + " is no operator any more");
            }
        }
        return ExitCode.OK;
    }

    /// At once where that is possible; else with the next act of anybody.
    private static void writeDown(Where.Place place) {
        try (var client = Client.of(place.data())) {
            var _ = client.ask("operators", ActCommand.about(null, ""));
        } catch (Refused | OperationFailed _) { // no controller runs, or our own token is void
        }
    }

    private Grant grant() {
        return new Grant(
                rights.isEmpty()
                        ? Grant.ALL.rights()
                        : rights.stream().map(Right::of).collect(Collectors.toSet()),
                Set.copyOf(environments),
                Set.copyOf(owners),
                Optional.ofNullable(expires)
                        .map(Instant.now().truncatedTo(ChronoUnit.SECONDS)::plus));
    }

    private String who() {
        if (name == null) {
            throw new UsageError("name the operator: pitcrew operator add NAME");
        }
        return name;
    }
}
