package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Words;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.HashMap;
import java.util.Locale;

/// A Compose project in the words of a system file: what `pitcrew.yaml` is laid over. Every value keeps its place in the Compose file.
final class SystemTree {
    private final ComposeProject project;

    SystemTree(ComposeProject project) {
        this.project = project;
    }

    Mapping tree() {
        var start = project.shown(project.root().place());
        var services = new Trees(start);
        var names = new HashMap<String, String>();
        project.entries()
                .forEach(
                        entry -> {
                            Place place = entry.key().place();
                            String name = name(entry.name());
                            String other = names.putIfAbsent(name, entry.name());
                            if (!Words.isName(name)) {
                                project.report(
                                        place,
                                        "%s can't be named in a system file, where names begin with a letter; rename it, or leave it to Compose: from: {without: [%s]}"
                                                .formatted(entry.name(), entry.name()));
                            } else if (other != null) {
                                project.report(
                                        place,
                                        "%s and %s are both called %s in a system file; rename one"
                                                .formatted(other, entry.name(), name));
                            } else {
                                services.put(
                                        new Scalar(project.shown(place), name, true),
                                        service(entry));
                            }
                        });
        return new Trees(start).put("services", services.mapping()).mapping();
    }

    private Mapping service(Entry entry) {
        var service = ComposeProject.service(entry, project.plain());
        return new ServiceTree(project, service).tree();
    }

    /// What a system file calls a service: names there are of lower-case letters, digits and dashes.
    static String name(String composeName) {
        return composeName.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }
}
