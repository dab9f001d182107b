package dev.paddock.kernels;

/** Rows of x eight by eight, those of a block column by column, {@code [blocks, columns, 8]}; and the sums of their groups likewise. */
final class RowBlocks implements Team.Work {
    /** Rows of a block. */
    static final int ROWS = 8;
    /** Numbers below which waking others costs more than they help. */
    private static final int WORTH_SHARING = 4096;

    private float[] values = new float[0];
    private float[] sums = new float[0];
    private Rows from = Rows.allocate(0, 0);
    private int rows;
    private int columns;
    private int groups;

    /** Takes rows; those that fill the last block up may be anything. {@code grouped} where the sums will be asked for. */
    void set(Rows x, int count, int width, boolean grouped, Team team) {
        from = x;
        rows = count;
        columns = width;
        groups = grouped ? width / Matrix.GROUP : 0;
        values = atLeast(values, width);
        sums = atLeast(sums, groups);
        if (count * width < WORTH_SHARING) {
            run(0, 1);
        } else {
            team.run(this);
        }
    }

    private float[] atLeast(float[] array, int width) {
        int size = TiledMatrix.size((rows + ROWS - 1) / ROWS, width, ROWS);
        return array.length < size ? new float[size] : array;
    }

    @Override
    public void run(int part, int parts) {
        int first = columns * part / parts;
        int last = columns * (part + 1) / parts;
        for (int row = 0; row < rows; row++) {
            int to = at(row, first) + row % ROWS;
            int end = from.at(row) + last;
            for (int k = from.at(row) + first; k < end; k++, to += ROWS) {
                values[to] = from.values()[k];
            }
            for (int group = groups * part / parts; group < groups * (part + 1) / parts; group++) {
                sums[sumsAt(row, group) + row % ROWS] = Input.sum(from.values(), from.at(row) + group * Matrix.GROUP);
            }
        }
    }

    int rows() {
        return rows;
    }

    float[] values() {
        return values;
    }

    /** Where a column of a row's block begins. */
    int at(int row, int column) {
        return (row / ROWS * columns + column) * ROWS;
    }

    float[] sums() {
        return sums;
    }

    /** Where a group of a row's block begins. */
    int sumsAt(int row, int group) {
        return (row / ROWS * groups + group) * ROWS;
    }
}
