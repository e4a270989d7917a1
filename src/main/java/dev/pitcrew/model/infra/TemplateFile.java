package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A file that something has to fill in before it is used, such as `prometheus.yml.tmpl`.
///
/// @param place its beginning
/// @param makes the file that it becomes, relative to the repository
/// @param isMade whether that file is in the repository
/// @param isNamed whether another file of the repository names the template, and so may fill it in
public record TemplateFile(Place place, String makes, boolean isMade, boolean isNamed)
        implements InfraFact {
    @Override
    public String format() {
        return "template";
    }
}
