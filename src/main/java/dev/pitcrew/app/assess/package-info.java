/// Reads a repository, says what is wrong with it, and writes that down: for people, for machines, for code hosts, for a browser.
///
/// In: a folder. Out: an [Assessment]; [AssessmentView] and [Sarif] are JSON, [MarkdownReport] and [HtmlReport] are for people. Read [Assess] first.
@NullMarked
package dev.pitcrew.app.assess;

import org.jspecify.annotations.NullMarked;
