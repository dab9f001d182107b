package dev.paddock.kernels;

/**
 * Softmax attention of grouped queries (Ainslie et al. 2023, arXiv:2305.13245) over caches: one unit of work is a row and a key
 * head with the query heads that share it. For one caller.
 */
public final class Attention implements Team.Work {
    /** Keys below which waking others costs more than they help. */
    private static final int WORTH_SHARING = 256;

    private final Team team;
    private final int keyValueHeads;
    private final int width;
    private final AttentionGroup[] members;
    private Rows queries = Rows.allocate(0, 0);
    private Rows out = queries;
    private KeyValueCache[] caches = new KeyValueCache[0];
    private int[] tokens = new int[0];
    private int units;

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
        units = rows * keyValueHeads;
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

    @Override
    public void run(int part, int parts) {
        AttentionGroup member = members[part];
        for (int unit = units * part / parts; unit < units * (part + 1) / parts; unit++) {
            int row = unit / keyValueHeads;
            int shared = unit % keyValueHeads;
            member.attend(queries, out, row, shared * width, caches[row], shared, tokens[row]);
        }
    }
}
