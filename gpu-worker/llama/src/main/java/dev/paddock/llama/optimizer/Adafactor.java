package dev.paddock.llama.optimizer;

import dev.paddock.llama.config.Rules;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Adafactor (Shazeer and Stern 2018, arXiv:1804.04235) with a given learning rate and without a first moment: a matrix's second
 * moments are the product of a row's and a column's mean, so that state is rows + columns numbers; vectors keep theirs. Updates
 * whose root mean square exceeds {@link Rule#clip} are scaled down to it.
 */
public final class Adafactor implements OptimizerState {
    private static final String NAME = "adafactor";

    private final Rule rule;
    private final List<TrainedTensor> tensors;
    private final long[] places;
    private final StateMemory memory;

    /**
     * The update rule.
     *
     * @param epsilon added to squared gradients
     * @param clip largest root mean square of an update
     * @param decay exponent by which the second moment's memory grows, not positive: it keeps {@code 1 - step^decay}
     * @param weightDecay share of a weight that an update at learning rate 1 takes away, apart from the gradient
     */
    public record Rule(double epsilon, double clip, double decay, double weightDecay) {
        /** The paper's. */
        public static final Rule DEFAULT = new Rule(1e-30, 1, -0.8, 0);

        public Rule {
            Rules.positive("epsilon", epsilon);
            Rules.positive("clip", clip);
            Rules.notNegative("-decay", -decay);
            Rules.notNegative("weightDecay", weightDecay);
        }
    }

    public Adafactor(Rule rule, List<TrainedTensor> tensors) {
        this.rule = rule;
        this.tensors = List.copyOf(tensors);
        places = new long[tensors.size() + 1];
        for (int i = 0; i < tensors.size(); i++) {
            TrainedTensor tensor = tensors.get(i);
            places[i + 1] = places[i] + ((long) tensor.rows() + tensor.columns()) * Float.BYTES;
        }
        memory = StateMemory.resident(places[tensors.size()]);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What a gradient is multiplied with: a row's factor times a column's, of which a vector has one. */
    private static final class Factors {
        private final float[] rows;
        private final float[] columns;

        Factors(float[] rows, float[] columns) {
            this.rows = rows;
            this.columns = columns;
        }

        float at(int row, int column) {
            return rows[row] * columns[column];
        }
    }

    @Override
    public void update(int tensor, FloatBuffer parameters, FloatBuffer gradients, UpdateStep step) {
        TrainedTensor shape = tensors.get(tensor);
        if (parameters.remaining() != shape.elements() || gradients.remaining() != shape.elements()) {
            throw new IllegalArgumentException("the tensor has %d numbers; got %d parameters and %d gradients"
                    .formatted(shape.elements(), parameters.remaining(), gradients.remaining()));
        }
        int columns = Math.max(1, shape.columns());
        float scale = (float) step.gradientScale();
        FloatBuffer slopes = gradients.slice();
        Factors factors = factors(tensor, slopes, scale, step.number());
        float[] row = new float[columns];
        double squares = 0;
        for (int r = 0; r < shape.rows(); r++) {
            slopes.get(r * columns, row);
            for (int c = 0; c < columns; c++) {
                double change = (double) factors.at(r, c) * (row[c] * scale);
                squares += change * change;
            }
        }
        double size = Math.sqrt(squares / shape.elements());
        float rate = (float) (step.learningRate() / Math.max(1, size / rule.clip()));
        float shrink = (float) (1 - (shape.decay() ? step.learningRate() * rule.weightDecay() : 0));
        apply(shape, parameters.slice(), slopes, factors, scale, rate, shrink);
    }

    private static void apply(
            TrainedTensor shape,
            FloatBuffer parameters,
            FloatBuffer gradients,
            Factors factors,
            float scale,
            float rate,
            float shrink) {
        int columns = Math.max(1, shape.columns());
        float[] values = new float[columns];
        float[] row = new float[columns];
        for (int r = 0; r < shape.rows(); r++) {
            parameters.get(r * columns, values);
            gradients.get(r * columns, row);
            for (int c = 0; c < columns; c++) {
                values[c] = values[c] * shrink - factors.at(r, c) * (row[c] * scale) * rate;
            }
            parameters.put(r * columns, values);
        }
    }

    /** Brings the second moments up to date and gives the inverse roots of their factors. */
    private Factors factors(int tensor, FloatBuffer gradients, float scale, int step) {
        TrainedTensor shape = tensors.get(tensor);
        boolean factored = shape.columns() > 0;
        int columns = Math.max(1, shape.columns());
        double[] rowSums = new double[shape.rows()];
        double[] columnSums = new double[columns];
        float[] row = new float[columns];
        for (int r = 0; r < rowSums.length; r++) {
            gradients.get(r * columns, row);
            for (int c = 0; c < columns; c++) {
                float slope = row[c] * scale;
                double square = (double) slope * slope + rule.epsilon();
                rowSums[r] += square;
                columnSums[c] += square;
            }
        }
        float[] rows = remember(places[tensor], rowSums, columns, step);
        double mean = factored ? mean(rows) : 1;
        float[] others = {1};
        if (factored) {
            others = remember(places[tensor] + (long) rows.length * Float.BYTES, columnSums, shape.rows(), step);
            inverseRoots(others, 1);
        }
        inverseRoots(rows, mean);
        return new Factors(rows, others);
    }

    /** Mixes means into stored ones and gives these. */
    private float[] remember(long place, double[] sums, int terms, int step) {
        double keep = 1 - Math.pow(step, rule.decay());
        float[] means = new float[sums.length];
        memory.get(place, means, means.length);
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (keep * means[i] + (1 - keep) * (sums[i] / terms));
        }
        memory.put(place, means, means.length);
        return means;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void inverseRoots(float[] values, double unit) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 / Math.sqrt(values[i] / unit));
        }
    }

    @Override
    public long bytes() {
        return memory.size();
    }

    @Override
    public void write(WritableByteChannel channel) throws IOException {
        memory.write(NAME, channel);
    }

    @Override
    public void read(ReadableByteChannel channel) throws IOException {
        memory.read(NAME, channel);
    }

    @Override
    public void close() {
        memory.close();
    }
}
