package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** One row of x, and where the sums of its groups' products start. */
final class Input {
    private float[] values = new float[0];
    private float[] starts = new float[0];
    private int first;

    /**
     * Takes a row.
     *
     * @param offset what a start is of the sum of its group's x; nothing asks for starts where it is 0
     */
    void set(Rows x, int columns, float offset) {
        values = x.values();
        first = x.first();
        if (offset != 0) {
            int groups = columns / Matrix.GROUP;
            if (starts.length < groups) {
                starts = new float[groups];
            }
            for (int group = 0; group < groups; group++) {
                starts[group] = offset * sum(values, first + group * Matrix.GROUP);
            }
        }
    }

    /** The sum of the group that begins at {@code at}. */
    static float sum(float[] values, int at) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < Matrix.GROUP; i += Lanes.COUNT) {
            sum = sum.add(FloatVector.fromArray(Lanes.FLOATS, values, at + i));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    float[] values() {
        return values;
    }

    /** Where the row begins in {@link #values}. */
    int first() {
        return first;
    }

    /** One for each group. */
    float[] starts() {
        return starts;
    }
}
