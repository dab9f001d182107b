package dev.paddock.llama.tokenizer;

import dev.paddock.llama.tokenizer.PieceTable.Piece;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Merges the characters of one text into pieces, the highest score first and the leftmost of equal ones. */
final class PieceMerger {
    private final PieceTable table;
    private final String text;
    /** Start and end in the text of each symbol; a symbol merged into its left neighbour is empty. */
    private final int[] starts;

    private final int[] ends;
    private final int[] previous;
    private final int[] next;
    private final PriorityQueue<Pair> pairs = new PriorityQueue<>(
            Comparator.comparingDouble(Pair::score).reversed().thenComparingInt(Pair::left));

    /** Two neighbours whose joined text is a piece; stale once {@code length} no longer fits. */
    private record Pair(int left, int right, double score, int length) {}

    private PieceMerger(PieceTable table, String text) {
        this.table = table;
        this.text = text;
        int symbols = text.codePointCount(0, text.length());
        starts = new int[symbols];
        ends = new int[symbols];
        previous = new int[symbols];
        next = new int[symbols];
        int at = 0;
        for (int i = 0; i < symbols; i++) {
            starts[i] = at;
            at = text.offsetByCodePoints(at, 1);
            ends[i] = at;
            previous[i] = i - 1;
            next[i] = i + 1 < symbols ? i + 1 : -1;
        }
    }

    static void encode(PieceTable table, String text, IntStream.Builder ids) {
        PieceMerger merger = new PieceMerger(table, text);
        merger.merge();
        merger.write(ids);
    }

    private void merge() {
        for (int i = 1; i < starts.length; i++) {
            propose(i - 1, i);
        }
        for (Pair pair = pairs.poll(); pair != null; pair = pairs.poll()) {
            if (fits(pair)) {
                join(pair.left, pair.right);
                propose(previous[pair.left], pair.left);
                propose(pair.left, next[pair.left]);
            }
        }
    }

    private boolean fits(Pair pair) {
        return length(pair.left) > 0 && length(pair.right) > 0 && length(pair.left) + length(pair.right) == pair.length;
    }

    private int length(int symbol) {
        return ends[symbol] - starts[symbol];
    }

    private void propose(int left, int right) {
        if (left < 0 || right < 0) {
            return;
        }
        Piece piece = table.piece(text.substring(starts[left], ends[right]));
        if (piece != null) {
            pairs.add(new Pair(left, right, piece.score(), ends[right] - starts[left]));
        }
    }

    private void join(int left, int right) {
        ends[left] = ends[right];
        starts[right] = ends[right];
        next[left] = next[right];
        if (next[right] >= 0) {
            previous[next[right]] = left;
        }
    }

    private void write(IntStream.Builder ids) {
        for (int symbol = starts.length == 0 ? -1 : 0; symbol >= 0; symbol = next[symbol]) {
            String part = text.substring(starts[symbol], ends[symbol]);
            Piece piece = table.piece(part);
            if (piece != null) {
                ids.add(piece.id());
            } else {
                for (byte value : part.getBytes(StandardCharsets.UTF_8)) {
                    ids.add(table.bytes().get(value & 0xFF));
                }
            }
        }
    }
}
