package dev.pitcrew.read.ansible;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.HostGroup;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Inventories: which hosts are in which group, in Ansible's own form and as YAML.
///
/// @see <a href="https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html">inventory</a>
public final class InventoryFormat implements Format {
    private static final int DEPTH_MAX = 8;
    private static final int HOSTS_MAX = 5000;
    private static final Pattern NAMED =
            Pattern.compile("(.*/)?(hosts|inventory)[^/.]*(\\.(ini|ya?ml))?");
    private static final Pattern WITHIN =
            Pattern.compile("(.*/)?inventor(y|ies)/[^/.]+(\\.(ini|ya?ml))?");
    private static final Pattern HEADER =
            Pattern.compile("^\\[([A-Za-z0-9_.-]{1,100})(:children|:vars)?\\][ \\t\\r]*$");
    private static final Pattern HOST =
            Pattern.compile("^([A-Za-z0-9_.:\\[\\]-]{1,200})(?=[ \\t\\r]|$)");

    @Override
    public String name() {
        return "ansible-inventory";
    }

    @Override
    public boolean claims(SourceFile file) {
        boolean isNamed =
                (file.path().contains("hosts") || file.path().contains("inventor"))
                        && (NAMED.matcher(file.path()).matches()
                                || WITHIN.matcher(file.path()).matches());
        return isNamed
                && (isYaml(file)
                        ? file.text().contains("hosts:")
                        : file.text()
                                .lines()
                                .limit(500)
                                .anyMatch(one -> HEADER.matcher(one).matches()));
    }

    private static boolean isYaml(SourceFile file) {
        return file.path().endsWith(".yml") || file.path().endsWith(".yaml");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var groups = new LinkedHashMap<String, Group>();
            if (isYaml(file)) {
                for (var document : YamlTree.parseAll(file.path(), file.text()).documents()) {
                    document.root().entriesAt().forEach(one -> yaml(one, groups, 0));
                }
            } else {
                ini(file, groups);
            }
            groups.forEach(
                    (name, group) ->
                            found.fact(
                                    new HostGroup(
                                            name(),
                                            group.place(),
                                            name,
                                            List.copyOf(
                                                    hosts(name, groups, new LinkedHashSet<>())))));
        }
    }

    private record Group(Place place, List<String> hosts, List<String> children) {
        Group(Place place) {
            this(place, new ArrayList<>(), new ArrayList<>());
        }
    }

    private static void ini(SourceFile file, Map<String, Group> groups) {
        Group group = null;
        boolean isChildren = false;
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number);
            if (line.length() > 1000) {
                continue;
            }
            var header = HEADER.matcher(line);
            var host = HOST.matcher(line);
            if (header.matches()) {
                Place place = file.place(number, 2);
                boolean isVars = ":vars".equals(header.group(2));
                isChildren = ":children".equals(header.group(2));
                group =
                        isVars
                                ? null
                                : groups.computeIfAbsent(header.group(1), _ -> new Group(place));
            } else if (group != null && host.find() && isChildren) {
                group.children().add(host.group(1));
            } else if (group != null && host.find(0)) {
                add(host.group(1), group.hosts());
            }
        }
    }

    /// `web[01:50]` stands for several; that there is more than one is enough.
    private static void add(String host, List<String> hosts) {
        var range = Pattern.compile("\\[([0-9A-Za-z]+):([0-9A-Za-z]+)").matcher(host);
        if (range.find()) {
            hosts.add(range.replaceFirst(range.group(1)).replace("]", ""));
            hosts.add(
                    Pattern.compile("\\[[0-9A-Za-z]+:([0-9A-Za-z]+)")
                            .matcher(host)
                            .replaceFirst("$1")
                            .replace("]", ""));
        } else {
            hosts.add(host);
        }
    }

    private static void yaml(Node.Entry entry, Map<String, Group> groups, int depth) {
        if (depth > DEPTH_MAX || !(entry.value() instanceof Node.Mapping)) {
            return;
        }
        var group = groups.computeIfAbsent(entry.name(), _ -> new Group(entry.key().place()));
        entry.value().entriesAt("hosts").forEach(one -> add(one.name(), group.hosts()));
        for (var child : entry.value().entriesAt("children")) {
            group.children().add(child.name());
            groups.computeIfAbsent(child.name(), _ -> new Group(child.key().place()));
            yaml(child, groups, depth + 1);
        }
    }

    private static Set<String> hosts(String name, Map<String, Group> groups, Set<String> within) {
        var hosts = new LinkedHashSet<String>();
        var group = groups.get(name);
        if (group == null || within.size() > DEPTH_MAX || !within.add(name)) {
            return hosts;
        }
        hosts.addAll(group.hosts());
        for (String child : group.children()) {
            if (hosts.size() < HOSTS_MAX) {
                hosts.addAll(hosts(child, groups, within));
            }
        }
        return hosts;
    }
}
