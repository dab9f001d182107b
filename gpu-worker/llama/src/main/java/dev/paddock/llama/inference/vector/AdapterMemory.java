package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Rows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Memory of adapters' numbers, in pages of one size that the next adapter takes when one leaves (Sheng et al. 2023,
 * arXiv:2311.03285, section 5). However many come and go, the collector has nothing to free and nothing to move. What the most
 * adapters took that were there at a time stays taken. For any thread.
 */
final class AdapterMemory {
    /** Numbers of a page: 1 MiB. */
    static final int PAGE = 1 << 18;

    /** Pages that are taken from the heap together: 16 MiB, which begin outside the young generation in an engine's process. */
    static final int BLOCK = 16;

    private final List<Block> blocks = new ArrayList<>();

    private static final class Block {
        private final float[] numbers = new float[BLOCK * PAGE];
        private final BitSet taken = new BitSet(BLOCK);

        /** The first of so many free pages beside each other; {@link #BLOCK} where there are not so many. */
        int find(int pages) {
            int first = taken.nextClearBit(0);
            while (first + pages <= BLOCK && taken.get(first, first + pages).cardinality() > 0) {
                first = taken.nextClearBit(first + 1);
            }
            return first + pages <= BLOCK ? first : BLOCK;
        }
    }

    /** Pages beside each other. */
    private record Run(Block block, int first, int pages) {}

    private synchronized Run take(int pages) {
        Block found = blocks.stream()
                .filter(block -> block.find(pages) < BLOCK)
                .findFirst()
                .orElseGet(this::grow);
        Run run = new Run(found, found.find(pages), pages);
        found.taken.set(run.first(), run.first() + pages);
        return run;
    }

    private Block grow() {
        Block block = new Block();
        blocks.add(block);
        return block;
    }

    private synchronized void giveBack(List<Run> runs) {
        runs.forEach(run -> run.block().taken.clear(run.first(), run.first() + run.pages()));
    }

    /** Bytes taken from the heap. */
    synchronized long bytes() {
        return (long) blocks.size() * BLOCK * PAGE * Float.BYTES;
    }

    /** Memory of one adapter, for one thread. */
    final class Share {
        private final List<Run> runs = new ArrayList<>();
        private float[] numbers = {};
        private int next;
        private int end;

        /** Room for numbers beside each other; what is in it is not defined. More than a block holds are the collector's. */
        Rows take(int rows, int columns) {
            int size = Math.multiplyExact(rows, columns);
            if (size > BLOCK * PAGE) {
                return Rows.allocate(rows, columns);
            }
            if (size > end - next) {
                Run run = AdapterMemory.this.take((size + PAGE - 1) / PAGE);
                runs.add(run);
                numbers = run.block().numbers;
                next = run.first() * PAGE;
                end = next + run.pages() * PAGE;
            }
            Rows room = new Rows(numbers, next, columns);
            next += size;
            return room;
        }

        /** Gives the pages to the next adapter; nothing may read or write this one's numbers any more. */
        void free() {
            giveBack(runs);
            runs.clear();
            next = end;
        }
    }
}
