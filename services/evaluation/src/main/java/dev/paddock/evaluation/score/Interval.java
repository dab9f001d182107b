package dev.paddock.evaluation.score;

/** A value with its 95 % confidence interval. */
public record Interval(double value, double low, double high) {
    /** The 0.975 quantile of the standard normal distribution. */
    static final double Z = 1.959963984540054;

    /**
     * The interval of a proportion by Wilson's score method (E. B. Wilson, 1927).
     *
     * @param hits 0 to {@code items}
     * @param items at least 1
     */
    public static Interval ofProportion(int hits, int items) {
        if (items < 1 || hits < 0 || hits > items) {
            throw new IllegalArgumentException(hits + " hits of " + items + " items");
        }
        double share = (double) hits / items;
        double z2 = Z * Z;
        double center = (share + z2 / (2 * items)) / (1 + z2 / items);
        double half = Z / (1 + z2 / items) * Math.sqrt(share * (1 - share) / items + z2 / (4.0 * items * items));
        return new Interval(share, Math.max(0, center - half), Math.min(1, center + half));
    }
}
