package dev.pitcrew.judge;

/// Special functions in log space, right from one event to billions of them.
///
/// The log gamma function is never taken of a large number and subtracted from another one: what is left of Stirling's
/// formula is added to deviances instead (Loader 2000), so that nothing cancels.
final class Logs {
    private static final double SERIES_FROM = 15;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double FRACTION_UP_TO = 100; // then the integral is as exact, and sooner
    private static final double NEGLIGIBLE = 1e-16;
    private static final double DECAY = 36; // e^-36 is below what a double can add to 1

    private Logs() {}

    /// log(e^a + e^b).
    static double add(double a, double b) {
        double most = Math.max(a, b);
        return Double.isInfinite(most) ? most : most + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /// log of the mean of e^x over all x.
    static double meanExp(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double one : logs) {
            most = Math.max(most, one);
        }
        if (Double.isInfinite(most)) {
            return most;
        }
        double sum = 0;
        for (double one : logs) {
            sum += Math.exp(one - most);
        }
        return most + Math.log(sum / logs.length);
    }

    /// What Stirling's formula leaves of log gamma(x): log gamma(x) - (x - 1/2) log x + x - log(2 pi)/2, for x above zero.
    static double stirlingRest(double x) {
        if (x >= SERIES_FROM) {
            double square = 1 / (x * x);
            return (1 / 12.0
                            - square
                                    * (1 / 360.0
                                            - square
                                                    * (1 / 1260.0
                                                            - square
                                                                    * (1 / 1680.0
                                                                            - square / 1188.0))))
                    / x;
        }
        double up = x;
        double product = 1;
        while (up < SERIES_FROM) {
            product *= up++;
        }
        return (up - 0.5) * Math.log(up)
                - up
                + stirlingRest(up)
                - Math.log(product)
                - (x - 0.5) * Math.log(x)
                + x;
    }

    /// log gamma(x), for x above zero.
    static double gamma(double x) {
        return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRest(x);
    }

    /// log of the beta function less a log p + b log(1 - p), in which nothing cancels however large a and b are.
    static double betaOver(double a, double b, double p) {
        double n = a + b;
        return deviance(a, n * p)
                + deviance(b, n * (1 - p))
                + HALF_LOG_TWO_PI
                + 0.5 * (Math.log(n) - Math.log(a) - Math.log(b))
                + stirlingRest(a)
                + stirlingRest(b)
                - stirlingRest(n);
    }

    /// seen log(seen / expected).
    static double deviance(double seen, double expected) {
        if (seen == 0) {
            return 0;
        }
        double excess = (seen - expected) / expected;
        return seen * (Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(seen / expected));
    }

    /// log of the probability that a beta variable is above p.
    static double betaAbove(double a, double b, double p) {
        return p <= a / (a + b) ? complement(tail(a, b, p)) : tail(b, a, 1 - p);
    }

    /// log(1 - e^x), for x at most 0.
    private static double complement(double x) {
        return x > -0.6931471805599453 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }

    /// log I_x(a, b), for x at most the mean.
    private static double tail(double a, double b, double x) {
        if (x <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double density = -betaOver(a, b, x); // log of x^a (1-x)^b / B(a, b)
        return Math.min(a, b) <= FRACTION_UP_TO
                ? density + Math.log(continuedFraction(a, b, x)) - Math.log(a)
                : density + Math.log(decay(a, b, x));
    }

    /// Lentz's method for the continued fraction of the incomplete beta function.
    ///
    /// @see <a href="https://dlmf.nist.gov/8.17#v">DLMF 8.17.22</a>
    private static double continuedFraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / safe(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / safe(1 + even * d);
            c = safe(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / safe(1 + odd * d);
            c = safe(1 + odd / c);
            double step = d * c;
            value *= step;
            if (Math.abs(step - 1) < NEGLIGIBLE * 4) {
                break;
            }
        }
        return value;
    }

    private static double safe(double x) {
        return Math.abs(x) < 1e-300 ? 1e-300 : x;
    }

    /// The tail over the density at its edge, in log odds: the integral of e^(a u) ((1-x) + x e^u)^-(a+b) over u below 0.
    private static double decay(double a, double b, double x) {
        double n = a + b;
        double slope = Math.max(0, a - n * x);
        double bend = n * x * (1 - x);
        double width = (Math.sqrt(slope * slope + 2 * DECAY * bend) - slope) / bend;
        return Quadrature.integral(
                -width, 0, u -> Math.exp(a * u - n * Math.log1p(x * Math.expm1(u))));
    }
}
