package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An adapter's updates of the projections that are computed as one product, as one update: A's rows below each other, B
 * block-diagonal with the scales in it. A series adapter's A is block-diagonal too, as it reads the outputs.
 *
 * @param form how it acts
 * @param rank sum of the ranks; 0 where the adapter leaves these projections as they are
 * @param inputs columns of A: what the product reads, or for a series adapter what it writes
 * @param outputs rows of B
 * @param a {@code [rank, inputs]}; of a routed one the projections' gates stand below it, {@code [rank + gates, inputs]}
 * @param outputScale DoRA's factor of every output, {@code [outputs]}; empty for other forms
 * @param blocks where B is not zero
 * @param route of a routed one how many adapters there are, how many of them act on a token, and for each row of A which row of
 *     the gates weighs it, {@code [2 + rank]}; empty for other forms
 */
@SuppressWarnings("ArrayRecordComponent")
public record JoinedUpdate(
        AdapterForm form,
        int rank,
        int inputs,
        int outputs,
        float[] a,
        List<Block> blocks,
        float[] outputScale,
        long[] route) {
    /**
     * One projection's B: rows {@code [firstOutput, firstOutput + outputs)} and columns {@code [firstRank, firstRank + rank)} of the whole.
     *
     * @param values scale included, {@code [outputs, rank]}
     */
    public record Block(int firstOutput, int outputs, int firstRank, int rank, float[] values) {
        /** Writes a row to {@code into} from {@code at} on. */
        public void row(int row, float[] into, int at) {
            for (int r = 0; r < rank; r++) {
                into[at + r] = values[row * rank + r];
            }
        }
    }

    public JoinedUpdate {
        blocks = List.copyOf(blocks);
    }

    /**
     * Joins what an adapter has for one product of a layer.
     *
     * @param base matrices whose norms DoRA divides by; not read for other forms
     */
    public static JoinedUpdate of(AdapterSource adapter, int layer, Group product, LlamaConfig config, BaseRows base) {
        List<Projection> parts = product.projections();
        int outputs = parts.stream().mapToInt(part -> part.outputs(config)).sum();
        List<Projection> adapted = parts.stream()
                .filter(part -> adapter.targets().contains(new Target(layer, part)))
                .toList();
        if (adapted.isEmpty()) {
            return none(outputs);
        }
        List<Update> updates = adapted.stream()
                .map(part -> adapter.update(new Target(layer, part)))
                .toList();
        AdapterForm form = updates.get(0).form();
        JoinedUpdate joined = empty(
                form,
                form.readsOutputs() ? outputs : parts.get(0).inputs(config),
                outputs,
                updates,
                blocks(adapted, updates, config));
        int firstGate = 0;
        for (int i = 0; i < updates.size(); i++) {
            Projection part = adapted.get(i);
            Update update = updates.get(i);
            int firstRank = joined.blocks().get(i).firstRank();
            joined.placeA(update, part.firstOutput(config), firstRank);
            joined.placeGate(update.gate(), firstRank, firstGate);
            joined.placeScale(
                    update,
                    part.firstOutput(config),
                    part.inputs(config),
                    (row, into) -> base.read(layer, part, row, into));
            firstGate += update.gate().adapters();
        }
        return joined;
    }

    private static List<Block> blocks(List<Projection> parts, List<Update> updates, LlamaConfig config) {
        List<Block> blocks = new ArrayList<>();
        int firstRank = 0;
        for (int i = 0; i < parts.size(); i++) {
            Projection part = parts.get(i);
            Update update = updates.get(i);
            blocks.add(new Block(
                    part.firstOutput(config), part.outputs(config), firstRank, update.rank(), scaled(update)));
            firstRank += update.rank();
        }
        return blocks;
    }

    private static float[] scaled(Update update) {
        float[] scaled = new float[update.b().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (update.b()[i] * update.scale());
        }
        return scaled;
    }

    /** Of projections that the adapter leaves as they are. */
    private static JoinedUpdate none(int outputs) {
        float[] nothing = new float[0];
        return new JoinedUpdate(AdapterForm.LORA, 0, 0, outputs, nothing, List.of(), nothing, new long[0]);
    }

    /** One in which the updates have room. */
    private static JoinedUpdate empty(
            AdapterForm form, int inputs, int outputs, List<Update> updates, List<Block> blocks) {
        int rank = updates.stream().mapToInt(Update::rank).sum();
        int gates =
                updates.stream().mapToInt(update -> update.gate().adapters()).sum();
        float[] scale = new float[form == AdapterForm.DORA ? outputs : 0];
        Arrays.fill(scale, 1);
        return new JoinedUpdate(
                form,
                rank,
                inputs,
                outputs,
                new float[(rank + gates) * inputs],
                blocks,
                scale,
                new long[gates == 0 ? 0 : 2 + rank]);
    }

    private void placeA(Update update, int firstOutput, int firstRank) {
        int width = update.a().length / update.rank();
        int column = form.readsOutputs() ? firstOutput : 0;
        for (int r = 0; r < update.rank(); r++) {
            System.arraycopy(update.a(), r * width, a, (firstRank + r) * inputs + column, width);
        }
    }

    private void placeGate(Gate gate, int firstRank, int firstGate) {
        if (gate.adapters() == 0) {
            return;
        }
        System.arraycopy(gate.weights(), 0, a, (rank + firstGate) * inputs, gate.weights().length);
        route[0] = gate.adapters();
        route[1] = gate.chosen();
        int at = 2 + firstRank;
        for (int adapter = 0; adapter < gate.adapters(); adapter++) {
            int end = at + gate.ranks().get(adapter);
            Arrays.fill(route, at, end, firstGate + adapter);
            at = end;
        }
    }

    /** B as one matrix, {@code [outputs, rank]}, made at each call. */
    public float[] b() {
        float[] b = new float[Math.multiplyExact(outputs, rank)];
        readB(0, outputs, b);
        return b;
    }

    /** Writes rows {@code [first, first + count)} of B as one matrix to the beginning of {@code into}. */
    public void readB(int first, int count, float[] into) {
        Arrays.fill(into, 0, count * rank, 0);
        for (Block block : blocks) {
            int end = Math.min(first + count, block.firstOutput() + block.outputs());
            for (int row = Math.max(first, block.firstOutput()); row < end; row++) {
                block.row(row - block.firstOutput(), into, (row - first) * rank + block.firstRank());
            }
        }
    }

    /** Adapters that gates choose among; 0 where there is no gate. */
    public int routed() {
        return route.length == 0 ? 0 : Math.toIntExact(route[0]);
    }

    /** Rows of {@link #a}. */
    public int rows() {
        return inputs == 0 ? 0 : a.length / inputs;
    }

    /** Reads one row of a matrix. */
    private interface Row {
        void read(int row, float[] into);
    }

    private void placeScale(Update update, int firstOutput, int width, Row matrix) {
        float[] weights = new float[width];
        for (int row = 0; row < update.magnitude().length; row++) {
            matrix.read(row, weights);
            outputScale[firstOutput + row] = (float) AdaptedRow.scale(update, row, weights);
        }
    }

    /** What DoRA adds to scaled outputs so that the bias among them is not scaled: {@code (1 - scale) bias}, {@code [outputs]}. */
    public float[] shift(float[] bias) {
        float[] shift = new float[outputScale.length];
        for (int i = 0; i < Math.min(shift.length, bias.length); i++) {
            shift[i] = (1 - outputScale[i]) * bias[i];
        }
        return shift;
    }
}
