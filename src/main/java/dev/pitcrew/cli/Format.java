package dev.pitcrew.cli;

/// How results are written.
enum Format {
    TEXT,
    JSON
}
