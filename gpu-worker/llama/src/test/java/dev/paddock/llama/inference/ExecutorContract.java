package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every executor owes, on a small model with biases and odd sizes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExecutorContract {
    private static final Offset<Float> ROUNDING = within(2e-4f);
    protected static final RandomWeights WEIGHTS = new RandomWeights(1);
    private final Executor executor = executor(WEIGHTS);

    /** An executor that computes in fp32. */
    protected abstract Executor executor(WeightSource source);

    @AfterAll
    void close() {
        executor.close();
    }

    @Test
    void logitsEqualAPlainImplementation() {
        int[] tokens = tokens(1, 9);
        assertClose(last(executor, null, tokens), new PlainDecoder(WEIGHTS).logits(tokens));
    }

    @Test
    void aPromptInPiecesEqualsTheWhole() {
        int[] tokens = tokens(2, 20);
        float[] whole = last(executor, null, tokens);
        long sequence = executor.open(null, 20);
        executor.run(List.of(input(sequence, Arrays.copyOfRange(tokens, 0, 7), false)));
        executor.run(List.of(input(sequence, Arrays.copyOfRange(tokens, 7, 8), false)));
        executor.run(List.of(input(sequence, Arrays.copyOfRange(tokens, 8, 19), false)));
        float[] pieces = executor.run(List.of(input(sequence, Arrays.copyOfRange(tokens, 19, 20), true)))
                .get(0)
                .logits();
        executor.release(sequence);
        assertClose(pieces, whole);
    }

    @Test
    void tokensThatAreTakenBackLeaveNoTrace() {
        int[] tokens = tokens(3, 24);
        int[] wrong = tokens(4, 5);
        long sequence = executor.open(null, 24);
        executor.run(List.of(input(sequence, Arrays.copyOf(tokens, 17), false)));
        for (int length = 17; length < 23; length++) {
            int[] guessed = wrong.clone();
            guessed[0] = tokens[length];
            int[] run = Arrays.copyOf(guessed, Math.min(5, 24 - length));
            List<float[]> answers = executor.run(List.of(new StepInput(sequence, run, run.length, null)))
                    .get(0)
                    .answers();
            assertThat(answers).hasSize(run.length);
            for (int i = 0; i < run.length; i++) {
                int[] whole = Arrays.copyOf(tokens, length + i + 1);
                System.arraycopy(run, 0, whole, length, i + 1);
                assertClose(answers.get(i), last(executor, null, whole));
            }
            executor.truncate(sequence, length + 1);
        }
        assertThatThrownBy(() -> executor.truncate(sequence, 24))
                .hasMessageContaining("24 tokens of a sequence that has 23");
        assertThatThrownBy(() -> executor.truncate(sequence, 0)).hasMessageContaining("0 tokens");
        executor.release(sequence);
    }

    @Test
    void sequencesAndAdaptersOfOneStepDoNotSeeEachOther() {
        executor.loadAdapter("b", adapter(11, 4, Projection.values()));
        executor.loadAdapter("a", adapter(12, 2, Projection.Q_PROJ, Projection.DOWN_PROJ));
        executor.loadAdapter("c", adapter(13, 3, Projection.V_PROJ));
        String[] names = {"b", "none", "a", "b", "none", "c"};
        float[][] alone = new float[names.length][];
        List<StepInput> batch = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            int[] tokens = tokens(20 + i, i % 2 == 0 ? 1 : 5 + i);
            String adapter = names[i].equals("none") ? null : names[i];
            alone[i] = last(executor, adapter, tokens);
            batch.add(input(executor.open(adapter, 30), tokens, true));
        }
        List<StepOutput> together = executor.run(batch);
        for (int i = 0; i < names.length; i++) {
            assertClose(together.get(i).logits(), alone[i]);
        }
        batch.forEach(input -> executor.release(input.sequence()));
        List.of("a", "b", "c").forEach(executor::unloadAdapter);
    }

    @Test
    void bareRowsBetweenBegunAndNewOnesOfAnAdapterStayBare() {
        executor.loadAdapter("around", adapter(14, 3, Projection.values()));
        int[] first = tokens(40, 6);
        int[] next = tokens(41, 1);
        int[] whole = Arrays.copyOf(first, 7);
        whole[6] = next[0];
        float[] bare = last(executor, null, whole);
        float[] adapted = last(executor, "around", whole);
        long bareBegun = begun(null, first);
        long begun = begun("around", first);
        long fresh = executor.open("around", 7);
        List<StepOutput> together = executor.run(
                List.of(input(begun, next, true), input(bareBegun, next, true), input(fresh, whole, true)));
        assertClose(together.get(0).logits(), adapted);
        assertClose(together.get(1).logits(), bare);
        assertClose(together.get(2).logits(), adapted);
        List.of(bareBegun, begun, fresh).forEach(executor::release);
        executor.unloadAdapter("around");
    }

    private long begun(@Nullable String adapter, int[] tokens) {
        long sequence = executor.open(adapter, 7);
        executor.run(List.of(input(sequence, tokens, false)));
        return sequence;
    }

    @Test
    void anAdapterEqualsItsMergedWeights() {
        LoraAdapter adapter = adapter(5, 3, Projection.values());
        RandomWeights merged = new RandomWeights(1);
        adapter.updates().forEach((target, update) -> merge(merged, target, update));
        executor.loadAdapter("merged", adapter);
        int[] tokens = tokens(6, 12);
        float[] unmerged = last(executor, "merged", tokens);
        executor.unloadAdapter("merged");
        assertClose(unmerged, new PlainDecoder(merged).logits(tokens));
        assertThat(unmerged[0]).isNotCloseTo(last(executor, null, tokens)[0], ROUNDING);
    }

    @Test
    void scoresAreTheLogProbabilitiesOfTheNextTokens() {
        int[] tokens = tokens(7, 10);
        long sequence = executor.open(null, 10);
        int[] targets = Arrays.copyOfRange(tokens, 4, 10);
        List<TokenScore> scores = executor.run(
                        List.of(new StepInput(sequence, tokens, false, new StepInput.Scoring(3, targets, 2))))
                .get(0)
                .scores();
        executor.release(sequence);
        assertThat(scores).hasSize(6);
        for (int i = 0; i < 6; i++) {
            float[] logits = last(executor, null, Arrays.copyOf(tokens, 4 + i));
            double sum = Logits.logSumExp(logits);
            assertThat(scores.get(i).token()).isEqualTo(tokens[4 + i]);
            assertThat(scores.get(i).logProbability()).isCloseTo(logits[tokens[4 + i]] - sum, within(2e-4));
            assertThat(scores.get(i).top().get(0).token()).isEqualTo(Logits.argMax(logits));
            assertThat(scores.get(i).top()).hasSize(2);
        }
    }

    @Test
    void layersWithoutUpdatesStayAsTheyAre() {
        int[] tokens = tokens(5, 9);
        float[] bare = last(executor, null, tokens);
        executor.loadAdapter("empty", new LoraAdapter(Map.of()));
        assertClose(last(executor, "empty", tokens), bare);
        LoraAdapter.Target middle = new LoraAdapter.Target(1, Projection.O_PROJ);
        LoraAdapter one = new LoraAdapter(
                Map.of(middle, adapter(15, 3, Projection.values()).update(middle)));
        executor.loadAdapter("one", one);
        RandomWeights merged = new RandomWeights(1);
        one.updates().forEach((target, update) -> merge(merged, target, update));
        assertClose(last(executor, "one", tokens), new PlainDecoder(merged).logits(tokens));
        executor.unloadAdapter("one");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> executor.open("missing", 4)).isInstanceOf(UnknownAdapterException.class);
        assertThatThrownBy(() -> executor.open(null, 65)).hasMessageContaining("1 to 64");
        LoraAdapter.Update narrow = new LoraAdapter.Update(2, 1, new float[10], new float[48]);
        LoraAdapter foreign = new LoraAdapter(Map.of(new LoraAdapter.Target(0, Projection.Q_PROJ), narrow));
        assertThatThrownBy(() -> executor.loadAdapter("foreign", foreign))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("another base");
        LoraAdapter.Update fits = adapter(1, 2, Projection.Q_PROJ).update(new LoraAdapter.Target(0, Projection.Q_PROJ));
        LoraAdapter deeper = new LoraAdapter(Map.of(new LoraAdapter.Target(3, Projection.Q_PROJ), fits));
        assertThatThrownBy(() -> executor.loadAdapter("deeper", deeper)).hasMessageContaining("the model has 3 layers");
        LoraAdapter.Update series = new LoraAdapter.Update(AdapterForm.SERIES, 2, 1, fits.b(), fits.b(), new float[0]);
        LoraAdapter mixed = new LoraAdapter(Map.of(
                new LoraAdapter.Target(0, Projection.Q_PROJ),
                fits,
                new LoraAdapter.Target(1, Projection.Q_PROJ),
                series));
        assertThatThrownBy(() -> executor.loadAdapter("mixed", mixed)).hasMessageContaining("several forms");
        assertThat(executor.adapters()).isEmpty();
        long sequence = executor.open(null, 4);
        assertThatThrownBy(() -> executor.run(List.of(input(sequence, tokens(1, 5), true))))
                .hasMessageContaining("cache of 4");
        executor.release(sequence);
    }

    protected static float[] last(Executor executor, @Nullable String adapter, int[] tokens) {
        long sequence = executor.open(adapter, tokens.length);
        float[] logits =
                executor.run(List.of(input(sequence, tokens, true))).get(0).logits();
        executor.release(sequence);
        return logits;
    }

    protected static StepInput input(long sequence, int[] tokens, boolean logits) {
        return new StepInput(sequence, tokens, logits, null);
    }

    protected static int[] tokens(long seed, int count) {
        return new Random(seed).ints(count, 0, 101).toArray();
    }

    protected static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("logit %d", i).isCloseTo(expected[i], ROUNDING);
        }
    }

    protected static LoraAdapter adapter(long seed, int rank, Projection... projections) {
        Random random = new Random(seed);
        Map<LoraAdapter.Target, LoraAdapter.Update> updates = new HashMap<>();
        for (int layer = 0; layer < 3; layer++) {
            for (Projection projection : projections) {
                float[] a = draw(random, rank * projection.inputs(WEIGHTS.config()));
                float[] b = draw(random, rank * projection.outputs(WEIGHTS.config()));
                updates.put(new LoraAdapter.Target(layer, projection), new LoraAdapter.Update(rank, 0.5, a, b));
            }
        }
        return new LoraAdapter(updates);
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * 0.3);
        }
        return values;
    }

    private static void merge(RandomWeights weights, LoraAdapter.Target target, LoraAdapter.Update update) {
        float[] matrix = weights.values(target.projection().path(target.layer()) + ".weight");
        int columns = target.projection().inputs(weights.config());
        for (int i = 0; i < matrix.length; i++) {
            for (int r = 0; r < update.rank(); r++) {
                matrix[i] += (float) (update.scale()
                        * update.b()[i / columns * update.rank() + r]
                        * update.a()[r * columns + i % columns]);
            }
        }
    }
}
