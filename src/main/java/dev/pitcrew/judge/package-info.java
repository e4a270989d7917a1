/// The statistics of a release: samples of two versions in, a verdict out. Pure, and valid at every look.
///
/// In: counts, values and histograms of a baseline and a canary, look by look, and the [Margin]s within which a
/// difference does no harm. Out: a [Judgement], with the numbers that went in and a sentence for a person. Read [Judge]
/// first, then [Trial], then the tests themselves: [RateRatio], [ShareDifference], [QuantileTest], [SignCount],
/// [Multinomial]. `docs/judge.md` says which test is for what, and what holds.
@NullMarked
package dev.pitcrew.judge;

import org.jspecify.annotations.NullMarked;
