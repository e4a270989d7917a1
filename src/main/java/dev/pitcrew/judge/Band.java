package dev.pitcrew.judge;

/// How far a sample's distribution function may lie from the true one, at every size from the first look on. For pictures
/// only: it is the weakest of the valid tests, and misses one request in a hundred that is twenty times slower.
///
/// @see <a href="https://doi.org/10.3150/21-BEJ1388">Howard and Ramdas 2022, Theorem 2</a>
public enum Band {
    /// Holds in 95 of 100.
    ALPHA_05(8.122719),
    /// Holds in 97.5 of 100.
    ALPHA_025(8.622649),
    /// Holds in 99 of 100.
    ALPHA_01(9.283543);

    private static final double A = 0.85;

    private final double c;

    Band(double c) {
        this.c = c;
    }

    /// @param size how many values
    /// @param first how many there were at the first look, at least 1 and at most `size`
    /// @return the largest distance, as a share; above 1 it says nothing
    public double halfWidth(long size, long first) {
        if (first < 1 || size < first) {
            throw new IllegalArgumentException(
                    "from the first look on, got size %d and first %d".formatted(size, first));
        }
        return A * Math.sqrt((Math.log1p(Math.log((double) size / first)) + c) / size);
    }
}
