package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.time.LocalDate;
import java.util.Optional;

/// A wish in a file not to be told of one check there: `pitcrew: ignore CODE until 2027-01-31 because REASON` in a comment, for its own line, or for the next one
/// when the comment stands alone; `pitcrew: ignore-file CODE because REASON` for the whole file.
///
/// @param place of the comment
/// @param code the check
/// @param isWholeFile for the file rather than for a line
/// @param line the line that it is about, from 1
/// @param until the last day it holds; empty: for good
/// @param reason why; empty when none was given, which is a finding of its own
public record Suppression(
        Place place,
        String code,
        boolean isWholeFile,
        int line,
        Optional<LocalDate> until,
        String reason) {}
