package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A greedy answer that grows by whatever pieces of its prompt and single tokens it is given. */
final class GreedyAnswer {
    private static final int LEAST_SHARED = 3;

    private final Executor executor;
    private final @Nullable String adapter;
    private final int[] tokens;
    private final int prompt;
    private final List<float[]> logits = new ArrayList<>();
    private final long sequence;
    private int cached;
    private int length;

    /**
     * Opens its sequence, from another answer's where the two begin alike with one adapter.
     *
     * @param others answers under way
     */
    GreedyAnswer(Executor executor, @Nullable String adapter, int[] prompt, int newTokens, List<GreedyAnswer> others) {
        this.executor = executor;
        this.adapter = adapter;
        this.prompt = prompt.length;
        this.tokens = Arrays.copyOf(prompt, prompt.length + newTokens);
        this.length = prompt.length;
        for (GreedyAnswer other : others) {
            int shared = other.beginning(tokens, prompt.length - 1);
            if (shared >= LEAST_SHARED && Objects.equals(adapter, other.adapter)) {
                cached = shared;
                sequence = executor.fork(other.sequence, shared, tokens.length);
                return;
            }
        }
        sequence = executor.open(adapter, tokens.length);
    }

    /**
     * Beginnings of documents as the tiny model has read them.
     *
     * @param model where the tokenizer is
     * @param longest the most tokens of a prompt, given its place
     */
    static List<int[]> prompts(Path model, int count, IntUnaryOperator longest) {
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            List<int[]> prompts = new ArrayList<>();
            for (String document : Corpus.documents(count, 5)) {
                int[] ids = tokenizer.encode(document);
                prompts.add(Arrays.copyOf(ids, Math.min(ids.length, longest.applyAsInt(prompts.size()))));
            }
            return prompts;
        }
    }

    /** How many of the first tokens are computed here already. */
    private int beginning(int[] wanted, int most) {
        int shared = Arrays.mismatch(tokens, 0, cached, wanted, 0, most);
        return shared < 0 ? cached : shared;
    }

    boolean done() {
        return length == tokens.length;
    }

    /** Its next piece: some of the prompt, or the last token. */
    StepInput next(int most) {
        int last = Math.min(length, cached + most);
        return new StepInput(sequence, Arrays.copyOfRange(tokens, cached, last), last == length, null);
    }

    void accept(StepInput input, float[] answer) {
        cached += input.tokens().length;
        if (input.answers() > 0) {
            logits.add(answer);
            tokens[length++] = Logits.argMax(answer);
        }
    }

    void release() {
        executor.release(sequence);
    }

    /** One answer and nothing beside it. */
    static GreedyAnswer alone(Executor executor, @Nullable String adapter, int[] prompt, int newTokens) {
        GreedyAnswer answer = new GreedyAnswer(executor, adapter, prompt, newTokens, List.of());
        while (!answer.done()) {
            step(executor, List.of(answer), () -> prompt.length);
        }
        answer.release();
        return answer;
    }

    /**
     * Takes answers one step further, together.
     *
     * @param most tokens of each one's next piece
     */
    static void step(Executor executor, List<GreedyAnswer> answers, IntSupplier most) {
        List<StepInput> inputs =
                answers.stream().map(answer -> answer.next(most.getAsInt())).toList();
        List<StepOutput> outputs = executor.run(inputs);
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).accept(inputs.get(i), outputs.get(i).logits());
        }
    }

    /**
     * How near to a tie the choice was where this answer first differs from another one of the same prompt: of both answers' logits
     * the larger distance between the two tokens. Empty where the answers are equal.
     */
    OptionalDouble distance(GreedyAnswer other) {
        int at = Arrays.mismatch(tokens, other.tokens);
        if (at < 0) {
            return OptionalDouble.empty();
        }
        float[] mine = logits.get(at - prompt);
        float[] its = other.logits.get(at - prompt);
        int here = tokens[at];
        int there = other.tokens[at];
        return OptionalDouble.of(Math.max(mine[here] - mine[there], its[there] - its[here]));
    }
}
