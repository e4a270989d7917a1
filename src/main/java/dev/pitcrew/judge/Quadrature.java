package dev.pitcrew.judge;

import java.util.function.DoubleUnaryOperator;

/// Gauss and Legendre's rule of 28 nodes, for smooth functions.
final class Quadrature {
    private static final int NODES = 28;
    private static final double[] AT = new double[NODES];
    private static final double[] WEIGHTS = new double[NODES];

    static {
        for (int i = 0; i < NODES; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
            double slope = 0;
            for (int round = 0; round < 50; round++) { // Newton's method; a few rounds are enough
                double last = 1;
                double value = x;
                for (int k = 2; k <= NODES; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * last) / k;
                    last = value;
                    value = next;
                }
                slope = NODES * (x * value - last) / (x * x - 1);
                x -= value / slope;
            }
            AT[i] = x;
            WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }

    private Quadrature() {}

    static double integral(double from, double to, DoubleUnaryOperator function) {
        double half = (to - from) / 2;
        double middle = (from + to) / 2;
        double sum = 0;
        for (int i = 0; i < NODES; i++) {
            sum += WEIGHTS[i] * function.applyAsDouble(middle + half * AT[i]);
        }
        return sum * half;
    }
}
