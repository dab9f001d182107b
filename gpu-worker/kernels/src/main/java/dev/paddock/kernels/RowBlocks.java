package dev.paddock.kernels;

/**
 * Rows of x eight by eight, those of a block column by column, {@code [blocks, columns, 8]}; and where the sums of their groups' products
 * start, {@code [blocks, groups, 8]}.
 */
final class RowBlocks implements Team.Work {
    /** Rows of a block. */
    static final int ROWS = 8;
    /** Numbers below which waking others costs more than they help. */
    private static final int WORTH_SHARING = 4096;

    private float[] values = new float[0];
    private float[] starts = new float[0];
    private Rows from = Rows.allocate(0, 0);
    private int rows;
    private int columns;
    private int groups;
    private float offset;

    /**
     * Takes rows; those that fill the last block up may be anything.
     *
     * @param offset what a start is of the sum of its group's x; nothing asks for starts where it is 0
     */
    void set(Rows x, int count, int width, float offset, Team team) {
        from = x;
        rows = count;
        columns = width;
        groups = offset == 0 ? 0 : width / Matrix.GROUP;
        this.offset = offset;
        values = atLeast(values, width);
        starts = atLeast(starts, groups);
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
                starts[startsAt(row, group) + row % ROWS] =
                        offset * Input.sum(from.values(), from.at(row) + group * Matrix.GROUP);
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

    float[] starts() {
        return starts;
    }

    /** Where the starts of a group of a row's block begin. */
    int startsAt(int row, int group) {
        return (row / ROWS * groups + group) * ROWS;
    }
}
