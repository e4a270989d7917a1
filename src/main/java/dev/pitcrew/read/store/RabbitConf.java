package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.MessageQueue;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// RabbitMQ: rabbitmq.conf, and the queues of the definitions that it loads.
///
/// @see <a href="https://www.rabbitmq.com/docs/definitions">definitions</a>
public final class RabbitConf implements Format {
    private static final Pattern LINE =
            Pattern.compile("^[ \\t]*([a-z][A-Za-z0-9_.]{1,100})[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$");

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public boolean claims(SourceFile file) {
        return isConf(file)
                || (file.path().endsWith(".json")
                        && file.name().contains("definitions")
                        && file.text().contains("\"queues\"")
                        && file.text().contains("\"durable\""));
    }

    private static boolean isConf(SourceFile file) {
        return file.name().endsWith(".conf") && file.name().contains("rabbit");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            if (isConf(file)) {
                conf(file, found);
            } else {
                definitions(file, found);
            }
        }
    }

    private void conf(SourceFile file, Found found) {
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number);
            var match = LINE.matcher(line);
            if (line.length() < 2000 && match.matches()) {
                found.fact(
                        new StoreSetting(
                                name(),
                                StoreKind.RABBITMQ,
                                match.group(1),
                                file.place(number, match.start(1) + 1),
                                new Located<>(
                                        match.group(2), file.place(number, match.start(2) + 1)),
                                Optional.empty()));
            }
        }
    }

    private void definitions(SourceFile file, Found found) {
        var parsed = YamlTree.parse(file.path(), file.text());
        parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
        if (parsed.root().isEmpty()) {
            return;
        }
        var root = parsed.root().get();
        var mirrored = mirrored(root);
        for (Node queue : items(root, "queues")) {
            var name = queue.scalarAt("name");
            var durable = queue.scalarAt("durable");
            if (name.isEmpty() || durable.isEmpty()) {
                continue;
            }
            var kind =
                    queue.scalarAt("arguments", "x-queue-type")
                            .map(one -> new Located<>(one.text(), one.place()))
                            .orElse(new Located<>("classic", name.get().place()));
            found.fact(
                    new MessageQueue(
                            name(),
                            name.get().place(),
                            name.get().text(),
                            kind,
                            new Located<>(
                                    durable.get().text().equals("true"), durable.get().place()),
                            mirrored.stream()
                                    .anyMatch(one -> one.matcher(shortened(name.get())).find())));
        }
    }

    private static String shortened(Node.Scalar name) {
        return name.text().substring(0, Math.min(100, name.text().length()));
    }

    /// The names for which a policy of the older kind keeps copies. A pattern that could take for ever counts as one for all.
    private static List<Pattern> mirrored(Node root) {
        var patterns = new ArrayList<Pattern>();
        for (Node policy : items(root, "policies")) {
            if (policy.at("definition", "ha-mode").isPresent()) {
                String form = policy.scalarAt("pattern").map(Node.Scalar::text).orElse("");
                boolean isSimple = form.matches("[\\^A-Za-z0-9_.-]{0,100}\\*?\\$?");
                try {
                    patterns.add(Pattern.compile(isSimple ? form : ""));
                } catch (PatternSyntaxException _) {
                    patterns.add(Pattern.compile(""));
                }
            }
        }
        return patterns;
    }

    private static List<Node> items(Node root, String key) {
        return root.at(key).orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
    }
}
