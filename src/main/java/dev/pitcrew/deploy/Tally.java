package dev.pitcrew.deploy;

import dev.pitcrew.judge.input.Scrape;
import java.util.List;
import java.util.TreeMap;

/// One number that an instance has counted.
///
/// @param series as Prometheus writes it, with the instance as a label
/// @param number finite
public record Tally(String series, double number) {
    static List<Tally> of(Scrape scrape) {
        return scrape.byText().entrySet().stream()
                .map(one -> new Tally(one.getKey(), one.getValue()))
                .toList();
    }

    static Scrape scrape(List<Tally> tallies) {
        var byText = new TreeMap<String, Double>();
        tallies.forEach(one -> byText.put(one.series, one.number));
        return Scrape.of(byText);
    }
}
