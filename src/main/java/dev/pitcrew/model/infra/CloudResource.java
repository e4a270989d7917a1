package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Something that a desk rents from a cloud, in words that hold for every cloud.
///
/// @param format of the file: `terraform` or `cloudformation`
/// @param place where it is declared
/// @param kind what it is
/// @param type as its cloud's tools call it, such as `aws_db_instance`
/// @param name as its file calls it
/// @param titles what else it is called: its identifier, its tags
/// @param unit the folder whose files are applied together
/// @param settings in the words of its kind; what the files don't decide is left out, and what is taken when they say nothing stands at the place of the resource
public record CloudResource(
        String format,
        Place place,
        CloudKind kind,
        String type,
        String name,
        List<String> titles,
        String unit,
        List<Setting> settings)
        implements InfraFact {
    public CloudResource {
        titles = List.copyOf(titles);
        settings = List.copyOf(settings);
    }

    /// What it is, and the words of its settings; any may have `environment` as well, by a tag.
    public enum CloudKind {
        /// `deletionProtected`, `backupDays`, `severalZones`, `isPublic`
        DATABASE,
        /// `failsOver`: another node takes over
        CACHE,
        /// `isOrdered`
        QUEUE,
        /// `isVersioned`
        BUCKET,
        /// `waitDays`: how long a deleted one can be brought back
        KEY,
        /// `isSpot`: the provider may take it away at any time
        COMPUTE,
        /// A rule for traffic from outside: `source`, `ports` such as `22` or `4000-5000` or `all`
        FIREWALL,
        /// `may`: `everything` when nothing is left out
        IDENTITY,
        /// `isOneWayOut`: all zones leave through one of them
        NETWORK,
        /// What the tool remembers of all others: `isLocked`, `isInRepository`
        STATE
    }

    /// The value of a setting, if the files decide it.
    public Optional<Located<String>> setting(String word) {
        return settings.stream()
                .filter(one -> one.name().equals(word))
                .findFirst()
                .map(Setting::value);
    }

    /// Where a setting has a value.
    public Optional<Place> where(String word, String value) {
        return setting(word).filter(one -> one.value().equals(value)).map(Located::place);
    }

    /// The number that a setting has, if it is one.
    public OptionalLong number(String word) {
        return setting(word)
                .map(Located::value)
                .filter(one -> one.matches("[0-9]{1,12}"))
                .map(one -> OptionalLong.of(Long.parseLong(one)))
                .orElse(OptionalLong.empty());
    }
}
