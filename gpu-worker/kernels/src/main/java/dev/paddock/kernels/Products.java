package dev.paddock.kernels;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies matrices with few rows of x, {@code y[b] = W x[b]}, every weight read once for all of them. Up to {@value #ROW_BY_ROW}
 * rows take the weights as they are stored, one after the other as long as these are near; for more, some columns of a tile are expanded to
 * fp32 in the processor's first cache. A row's products are the same bits in both ways. For one caller.
 */
public final class Products implements Team.Work {
    /** Most rows of x in one product. */
    public static final int MOST_ROWS = 32;

    /** Rows for which expanding costs more than it saves. */
    private static final int ROW_BY_ROW = 3;

    private final Team team;
    private final Panel[] panels;
    private final Scratch[] scratches;
    private final Input[] inputs = new Input[ROW_BY_ROW];
    private final RowBlocks blocks = new RowBlocks();
    private @Nullable TiledMatrix matrix;
    private @Nullable Rows y;
    private int batch;

    public Products(Team team) {
        this.team = team;
        panels = new Panel[team.parts()];
        scratches = new Scratch[team.parts()];
        for (int i = 0; i < panels.length; i++) {
            panels[i] = new Panel();
            scratches[i] = Scratch.allocate();
        }
        Arrays.setAll(inputs, row -> new Input());
    }

    /**
     * One product.
     *
     * @param weights {@code [rows, columns]}
     * @param from x, {@code batch} rows of {@code columns} numbers
     * @param rows how many rows, 1 to {@link #MOST_ROWS}
     * @param to y, of whose rows {@link Matrix#stride} numbers are written: the product, then zeros
     */
    public void multiply(Matrix weights, Rows from, int rows, Rows to) {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("batch is %d; it must be 1 to %d".formatted(rows, MOST_ROWS));
        }
        matrix = (TiledMatrix) weights;
        y = to;
        batch = rows;
        float offset = matrix.offset();
        if (rows <= ROW_BY_ROW) {
            for (int row = 0; row < rows; row++) {
                inputs[row].set(from.from(row), weights.columns(), offset);
            }
        } else {
            blocks.set(from, rows, weights.columns(), offset, team);
        }
        team.run(this);
    }

    @Override
    public void run(int part, int parts) {
        TiledMatrix weights = Objects.requireNonNull(matrix);
        int groups = (weights.tiles() + TiledMatrix.TOGETHER - 1) / TiledMatrix.TOGETHER;
        int first = TiledMatrix.TOGETHER * (groups * part / parts);
        int last = Math.min(TiledMatrix.TOGETHER * (groups * (part + 1) / parts), weights.tiles());
        Rows to = Objects.requireNonNull(y);
        if (batch <= ROW_BY_ROW) {
            for (int tile = first; tile < last; tile += TiledMatrix.TOGETHER) {
                int end = Math.min(tile + TiledMatrix.TOGETHER, last) - 1;
                for (int row = 0; row < batch; row++) {
                    int at = to.at(row) + tile * TiledMatrix.TILE;
                    weights.multiply(tile, end, inputs[row], to.values(), at, scratches[part]);
                }
            }
        } else {
            for (int tile = first; tile < last; tile++) {
                panels[part].multiply(weights, tile, blocks, to, tile * TiledMatrix.TILE);
            }
        }
    }
}
