package dev.pitcrew.read.alembic;

import dev.pitcrew.model.Located;
import dev.pitcrew.read.alembic.AlembicFormat.One;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order in which revisions are applied: each after those that it follows.
final class RevisionOrder {
    private RevisionOrder() {}

    /// Those that follow each other in a circle, or what isn't there, come last, by their files.
    static List<One> of(List<One> all) {
        Map<String, One> byId = new HashMap<>();
        all.forEach(one -> byId.putIfAbsent(one.revision().id(), one));
        var followers = new HashMap<String, List<One>>();
        var waitsFor = new HashMap<String, Integer>();
        var ready = new ArrayDeque<One>();
        var byFile = all.stream().sorted(Comparator.comparing(RevisionOrder::path)).toList();
        for (One one : byFile) {
            int count = 0;
            for (Located<String> parent : one.revision().parents()) {
                if (byId.containsKey(parent.value())) {
                    followers.computeIfAbsent(parent.value(), _ -> new ArrayList<>()).add(one);
                    count++;
                }
            }
            waitsFor.put(path(one), count);
            if (count == 0) {
                ready.add(one);
            }
        }
        var ordered = new LinkedHashMap<String, One>();
        while (!ready.isEmpty()) {
            One one = ready.remove();
            ordered.put(path(one), one);
            for (One next : followers.getOrDefault(one.revision().id(), List.of())) {
                int left = waitsFor.getOrDefault(path(next), 0) - 1;
                waitsFor.put(path(next), left);
                if (left == 0) {
                    ready.add(next);
                }
            }
        }
        byFile.forEach(one -> ordered.putIfAbsent(path(one), one));
        return List.copyOf(ordered.values());
    }

    private static String path(One one) {
        return one.file().path();
    }
}
