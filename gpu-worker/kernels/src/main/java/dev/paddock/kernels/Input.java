package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** One row of x with the sums of its groups, which carry what all numbers of a group have in common. */
final class Input {
    private float[] values = new float[0];
    private float[] sums = new float[0];
    private int first;

    /** Takes a row; {@code grouped} where its sums will be asked for. */
    void set(Rows x, int columns, boolean grouped) {
        values = x.values();
        first = x.first();
        if (grouped) {
            int groups = columns / Matrix.GROUP;
            if (sums.length < groups) {
                sums = new float[groups];
            }
            for (int group = 0; group < groups; group++) {
                sums[group] = sum(values, first + group * Matrix.GROUP);
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

    /** Sum of each group. */
    float[] sums() {
        return sums;
    }
}
