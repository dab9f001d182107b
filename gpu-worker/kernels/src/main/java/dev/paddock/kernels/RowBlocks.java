package dev.paddock.kernels;

/** Rows of x eight by eight, those of a block column by column: {@code [blocks, columns, 8]}. */
final class RowBlocks implements Team.Work {
    /** Rows of a block. */
    static final int ROWS = 8;
    /** Numbers below which waking others costs more than they help. */
    private static final int WORTH_SHARING = 4096;

    private float[] values = new float[0];
    private Rows from = Rows.allocate(0, 0);
    private int rows;
    private int columns;

    /** Takes rows; those that fill the last block up may be anything. */
    void set(Rows x, int count, int width, Team team) {
        from = x;
        rows = count;
        columns = width;
        int size = TiledMatrix.size((count + ROWS - 1) / ROWS, width, ROWS);
        if (values.length < size) {
            values = new float[size];
        }
        if (count * width < WORTH_SHARING) {
            run(0, 1);
        } else {
            team.run(this);
        }
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
}
