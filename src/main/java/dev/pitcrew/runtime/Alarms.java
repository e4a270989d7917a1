package dev.pitcrew.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.deploy.OpenRow;
import dev.pitcrew.model.Alarm;
import dev.pitcrew.model.Alarm.CommandAlarm;
import dev.pitcrew.model.Alarm.HttpAlarm;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Calls a person by all the ways that the system file names, at once. It needs no controller and no ledger.
public final class Alarms {
    /// What is said where the file names no way.
    public static final String NOBODY = "nobody is called: the system file declares no alarms";

    private static final JsonMapper JSON = new JsonMapper();

    private final TradingSystem system;
    private final Environment environment;
    private final Function<String, String> valueOf;

    /// @param dataFolder what `${dir}` stands for
    /// @param variables what `${env.NAME}` stands for
    public Alarms(
            TradingSystem system,
            Environment environment,
            Path dataFolder,
            Map<String, String> variables) {
        this.system = system;
        this.environment = environment;
        this.valueOf =
                name ->
                        switch (name) {
                            case "dir" -> dataFolder.toString();
                            case "config" -> system.folder().toString();
                            default -> known(variables, name);
                        };
    }

    private static String known(Map<String, String> variables, String name) {
        var value = name.startsWith("env.") ? variables.get(name.substring("env.".length())) : null;
        if (value == null) {
            throw new IllegalArgumentException("nothing is known as ${" + name + "}");
        }
        return value;
    }

    /// Calls.
    ///
    /// @param what happened, in one line
    /// @param rows what it comes from; may be empty
    /// @return what came of each, in the order of the file; never empty
    public List<String> raise(String what, List<OpenRow> rows) {
        var body = body(what, rows);
        var calls =
                environment.alarms().stream()
                        .map(
                                one ->
                                        CompletableFuture.supplyAsync(
                                                () -> call(one, what, body),
                                                Thread.ofVirtual()::start))
                        .toList();
        return calls.isEmpty()
                ? List.of(NOBODY)
                : calls.stream().map(CompletableFuture::join).toList();
    }

    private String body(String what, List<OpenRow> rows) {
        try {
            return JSON.writeValueAsString(
                    Map.of(
                            "system", system.name(),
                            "environment", environment.name(),
                            "what", what,
                            "rows",
                                    rows.stream()
                                            .filter(one -> one.answer() == OpenRow.Answer.NO)
                                            .map(
                                                    one ->
                                                            Map.of(
                                                                    "name", one.name(),
                                                                    "about", one.about(),
                                                                    "says", one.says(),
                                                                    "next", one.next()))
                                            .toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an alarm is always JSON", e);
        }
    }

    private String call(Alarm alarm, String what, String body) {
        return switch (alarm) {
            case CommandAlarm command -> run(command, what, body);
            case HttpAlarm http -> post(http, body);
        };
    }

    private String run(CommandAlarm alarm, String what, String body) {
        var name = alarm.command().getFirst().text();
        try {
            var argv = alarm.command().stream().map(word -> word.fill(valueOf)).toList();
            Commands.tell(
                    argv, system.folder(), Map.of("PITCREW_ALARM", what), body, alarm.timeout());
            return name + " took it";
        } catch (IOException | IllegalArgumentException e) {
            return name + " failed: " + e.getMessage();
        }
    }

    private static String post(HttpAlarm alarm, String body) {
        var name = alarm.url().getScheme() + "://" + alarm.url().getAuthority();
        try (var client = HttpClient.newBuilder().connectTimeout(alarm.timeout()).build()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(alarm.url())
                                    .timeout(alarm.timeout())
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding());
            return answer.statusCode() / 100 == 2
                    ? name + " took it"
                    : name + " failed: it answered " + answer.statusCode();
        } catch (IOException e) {
            return name + " failed: " + e;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return name + " failed: interrupted";
        }
    }
}
