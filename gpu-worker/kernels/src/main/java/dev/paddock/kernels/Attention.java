package dev.paddock.kernels;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Softmax attention of grouped queries (Ainslie et al. 2023, arXiv:2305.13245) over caches: one unit of work is a key head with
 * the query heads that share it, of one row or of several neighbours that see the same cache. What a row gets does not hang on
 * the others, to the bit. For one caller.
 */
public final class Attention implements Team.Work {
    /** Keys below which waking others costs more than they help. */
    private static final int WORTH_SHARING = 256;

    private final Team team;
    private final int keyValueHeads;
    private final int width;
    private final AttentionGroup[] members;
    /** The next unit that nobody has taken. */
    private final AtomicInteger next = new AtomicInteger();

    private Rows queries = Rows.allocate(0, 0);
    private Rows out = queries;
    private KeyValueCache[] caches = new KeyValueCache[0];
    private int[] tokens = new int[0];
    /** Where neighbours on one cache begin, and where the last of them end. */
    private int[] starts = new int[1];

    private int runs;

    public Attention(Team team, int heads, int keyValueHeads, int headSize) {
        this.team = team;
        this.keyValueHeads = keyValueHeads;
        width = heads / keyValueHeads * headSize;
        members = new AttentionGroup[team.parts()];
        for (int i = 0; i < members.length; i++) {
            members[i] = new AttentionGroup(width / headSize, headSize);
        }
    }

    /**
     * Attends to cached tokens.
     *
     * @param from {@code rows} rows of queries {@code [heads, headSize]}
     * @param perRow the cache of each row
     * @param seen how many of its first tokens each row sees, at least 1
     * @param to takes {@code [heads, headSize]} for each row
     */
    public void attend(Rows from, int rows, KeyValueCache[] perRow, int[] seen, Rows to) {
        queries = from;
        caches = perRow;
        tokens = seen;
        out = to;
        join(rows);
        next.set(0);
        int keys = 0;
        for (int row = 0; row < rows; row++) {
            keys += seen[row] * keyValueHeads;
        }
        if (keys < WORTH_SHARING) {
            run(0, 1);
        } else {
            team.run(this);
        }
    }

    /** Puts neighbours with the same cache together. */
    private void join(int rows) {
        if (starts.length <= rows) {
            starts = new int[rows + 1];
        }
        runs = 0;
        for (int row = 0; row < rows; row++) {
            int first = runs == 0 ? 0 : starts[runs - 1];
            if (row == 0 || caches[row] != caches[first] || row - first == AttentionGroup.ROWS) {
                starts[runs++] = row;
            }
        }
        starts[runs] = rows;
    }

    @Override
    public void run(int part, int parts) {
        AttentionGroup member = members[part];
        int units = runs * keyValueHeads;
        for (int unit = next.getAndIncrement(); unit < units; unit = next.getAndIncrement()) {
            int first = starts[unit / keyValueHeads];
            int rows = starts[unit / keyValueHeads + 1] - first;
            int head = unit % keyValueHeads;
            member.attend(
                    queries.shifted(head * width), out.shifted(head * width), first, rows, caches[first], head, tokens);
        }
    }
}
