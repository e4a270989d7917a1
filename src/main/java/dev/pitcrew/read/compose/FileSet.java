package dev.pitcrew.read.compose;

import dev.pitcrew.read.survey.SourceFile;
import java.util.List;

/// Files that are started together.
///
/// @param unit how facts name the project: its folder, or the file that makes this set another one than the folder's usual
/// @param folder that relative paths count from
/// @param files the later over the earlier; at least one
public record FileSet(String unit, String folder, List<SourceFile> files) {
    public FileSet {
        files = List.copyOf(files);
    }
}
