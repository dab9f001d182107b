package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.inference.DrawnAdapters;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Answers of the bare base and of adapters of several forms and ranks, made together in random batches and alone. */
final class MixedAnswers {
    static final int PROMPTS = 40;
    private static final int NEW_TOKENS = 64;
    private static final int LONGEST_PIECE = 7;
    private static final @Nullable String[] NAMES = {"wide", null, "dora", "narrow", "thin dora", "one matrix"};

    private final Path model;
    private final IntSupplier pieces;
    private final Map<String, LoraAdapter> adapters;
    private final Random random = new Random(11);

    /**
     * Draws the adapters.
     *
     * @param model where the tokenizer is
     * @param change how far they are from the base, as {@link DrawnAdapters} has it
     * @param whole whether prompts are read at once, as the scheduler has them where a step has room, rather than in random pieces
     */
    MixedAnswers(WeightSource base, Path model, double change, boolean whole) {
        this.model = model;
        pieces = whole ? () -> NEW_TOKENS : () -> 1 + random.nextInt(LONGEST_PIECE);
        DrawnAdapters drawn = new DrawnAdapters(base, change);
        adapters = Map.of(
                "wide", drawn.draw(1, AdapterForm.LORA, 8),
                "narrow", drawn.draw(2, AdapterForm.LORA, 2, Projection.Q_PROJ, Projection.V_PROJ),
                "one matrix", drawn.draw(3, AdapterForm.LORA, 5, Projection.DOWN_PROJ),
                "dora", drawn.draw(4, AdapterForm.DORA, 4),
                "thin dora", drawn.draw(5, AdapterForm.DORA, 1, Projection.O_PROJ, Projection.GATE_PROJ));
    }

    /** Of each prompt whose answer alone is another one than among others: how far apart the two tokens' logits were. */
    List<Double> distances(Executor executor) {
        try (executor) {
            adapters.forEach(executor::loadAdapter);
            List<int[]> prompts = GreedyAnswer.prompts(model, PROMPTS, prompt -> 6 + random.nextInt(12));
            List<GreedyAnswer> together = together(executor, prompts);
            List<Double> distances = new ArrayList<>();
            for (int i = 0; i < PROMPTS; i++) {
                OptionalDouble distance = GreedyAnswer.alone(executor, name(i), prompts.get(i), NEW_TOKENS)
                        .distance(together.get(i));
                distance.ifPresent(distances::add);
            }
            return distances;
        }
    }

    /** Requests come one after the other; a step takes some of those there are. */
    private List<GreedyAnswer> together(Executor executor, List<int[]> prompts) {
        List<GreedyAnswer> answers = new ArrayList<>();
        List<GreedyAnswer> running = new ArrayList<>();
        while (answers.size() < PROMPTS || !running.isEmpty()) {
            if (answers.size() < PROMPTS && (running.isEmpty() || random.nextInt(3) == 0)) {
                int next = answers.size();
                answers.add(new GreedyAnswer(executor, name(next), prompts.get(next), NEW_TOKENS, running));
                running.add(answers.get(next));
            }
            List<GreedyAnswer> batch =
                    running.stream().filter(answer -> random.nextInt(3) > 0).toList();
            if (!batch.isEmpty()) {
                GreedyAnswer.step(executor, batch, pieces);
            }
            running.stream().filter(GreedyAnswer::done).forEach(GreedyAnswer::release);
            running.removeIf(GreedyAnswer::done);
        }
        return answers;
    }

    private static @Nullable String name(int request) {
        return NAMES[request % NAMES.length];
    }
}
