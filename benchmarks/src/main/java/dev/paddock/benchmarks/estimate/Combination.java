package dev.paddock.benchmarks.estimate;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.OptimizerKind;
import dev.paddock.llama.training.PreferenceExample;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.objective.Dpo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One way to train whose memory and time are estimated and measured.
 *
 * @param adapter {@code full}, {@code qlora} or the name of an adapter's form
 * @param rank of the adapters; of no meaning for {@code full}
 * @param rows rows of a batch
 * @param length tokens of a row
 * @param precision of the base and of the products
 * @param recompute whether activations are computed again
 * @param task what is learnt
 * @param optimizer what updates the parameters
 */
record Combination(
        String adapter,
        int rank,
        int rows,
        int length,
        ScalarType precision,
        boolean recompute,
        Task task,
        OptimizerKind optimizer) {
    private static final int DISTINCT_STEPS = 4;
    private static final int LABELS = 21;

    /** What a run learns. */
    enum Task {
        /** Every token of texts. */
        TEXTS,
        /** Pairs of answers, by DPO. */
        PAIRS,
        /** A label of each text. */
        LABELS,
        /** A label of each token, without the causal mask. */
        TOKEN_LABELS
    }

    /** The same with activations computed again. */
    Combination recomputed() {
        return new Combination(adapter, rank, rows, length, precision, true, task, optimizer);
    }

    /** The same with something else to learn. */
    Combination learning(Task other) {
        return new Combination(adapter, rank, rows, length, precision, recompute, other, optimizer);
    }

    /** The same with another optimizer. */
    Combination updatedBy(OptimizerKind other) {
        return new Combination(adapter, rank, rows, length, precision, recompute, task, other);
    }

    /** For instance {@code lora-r8-4x128-bf16}. */
    String name() {
        return adapter + (adapter.equals("full") ? "" : "-r" + rank) + "-" + rows + "x" + length
                + (precision == ScalarType.BFLOAT16 ? "-bf16" : "-fp32") + (recompute ? "-recompute" : "")
                + (task == Task.TEXTS ? "" : "-" + word(task.name()))
                + (optimizer == OptimizerKind.ADAMW ? "" : "-" + word(optimizer.name()));
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Adaptation adaptation() {
        return adapter.equals("full") ? Adaptation.full() : adapted(LoraSettings.of(rank, 2.0 * rank));
    }

    private Adaptation adapted(LoraSettings settings) {
        return adapter.equals("qlora")
                ? Adaptation.lora(settings).overNf4()
                : Adaptation.lora(settings.withForm(AdapterForm.valueOf(adapter.toUpperCase(Locale.ROOT))));
    }

    /** One pass of {@value #DISTINCT_STEPS} steps. */
    TrainingSettings settings(Lessons lessons) {
        return new TrainingSettings(
                1,
                rows,
                length,
                true,
                1,
                new LearningRate(1e-4, 0, 0),
                AdamW.DEFAULT,
                1,
                1,
                precision,
                lessons.options(TrainingOptions.NONE.withRecompute(recompute).withOptimizer(optimizer)));
    }

    /** Random tokens that fill every row. */
    Lessons lessons(LlamaConfig config) {
        Random random = new Random(1);
        int count = rows * DISTINCT_STEPS;
        return switch (task) {
            case TEXTS -> new Lessons.Texts(texts(random, config, count));
            case PAIRS ->
                new Lessons.Comparisons(
                        IntStream.range(0, count)
                                .mapToObj(i -> new PreferenceExample(half(random, config), half(random, config), true))
                                .toList(),
                        new Dpo(0.1, 0));
            case LABELS ->
                new Lessons.Labelled(
                        texts(random, config, count).stream()
                                .map(text -> TrainingExample.labelled(text.tokens(), random.nextInt(LABELS)))
                                .toList(),
                        new LabelScheme(LabelKind.SEQUENCE, true, names("label-0")));
            case TOKEN_LABELS ->
                new Lessons.Labelled(
                        texts(random, config, count).stream()
                                .map(text -> new TrainingExample(
                                        text.tokens(),
                                        text.weights(),
                                        random.ints(length, 0, LABELS).toArray()))
                                .toList(),
                        new LabelScheme(LabelKind.TOKEN, false, names("O")));
        };
    }

    private static List<String> names(String first) {
        return IntStream.range(0, LABELS)
                .mapToObj(label -> label == 0 ? first : (label % 2 == 1 ? "B-" : "I-") + (label + 1) / 2)
                .toList();
    }

    private List<TrainingExample> texts(Random random, LlamaConfig config, int count) {
        int[][] ids = new int[count][];
        Arrays.setAll(ids, i -> random.ints(length, 0, config.vocabularySize()).toArray());
        return Arrays.stream(ids).map(TrainingExample::text).toList();
    }

    /** Half a row, the second half of which is the answer. */
    private TrainingExample half(Random random, LlamaConfig config) {
        int[] ids = random.ints(length / 2, 0, config.vocabularySize()).toArray();
        return TrainingExample.answer(ids, ids.length / 2);
    }
}
