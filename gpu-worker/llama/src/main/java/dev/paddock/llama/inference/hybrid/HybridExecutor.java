package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.AdapterIntake;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.Pooling;
import dev.paddock.llama.inference.PreparedAdapter;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.vector.VectorExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs many rows in libtorch and few on the Vector API: up to {@code mostRows} next tokens, and pieces of prompts where they fit in beside them,
 * go through vectors. Whole prompts and what is scored always go through libtorch. A sequence's keys and values are handed over where the work goes on.
 */
public final class HybridExecutor implements Executor {
    private final LibtorchExecutor many;
    private final VectorExecutor few;
    private final int mostRows;
    private final Map<Long, HybridSequence> sequences = new HashMap<>();
    private long nextSequence;

    /**
     * Joins two executors of the same weights, and closes them in the end.
     *
     * @param mostRows rows that {@code few} computes together; beyond these {@code many} computes
     */
    public HybridExecutor(LibtorchExecutor many, VectorExecutor few, int mostRows) {
        this.many = many;
        this.few = few;
        this.mostRows = mostRows;
    }

    @Override
    public LlamaConfig config() {
        return many.config();
    }

    @Override
    public long weightBytes() {
        return many.weightBytes() + few.weightBytes();
    }

    @Override
    public long cacheBytesPerToken() {
        return many.cacheBytesPerToken() + few.cacheBytesPerToken();
    }

    @Override
    public PreparedAdapter prepare(AdapterSource adapter) {
        return AdapterIntake.take(few.joined(adapter), List.of(many.intake(), few.intake()));
    }

    @Override
    public void unloadAdapter(String name) {
        many.unloadAdapter(name);
        few.unloadAdapter(name);
    }

    @Override
    public Set<String> adapters() {
        return many.adapters();
    }

    @Override
    public long open(@Nullable String adapter, int capacity) {
        return add(new HybridSequence(many, few, many.open(adapter, capacity), 0, adapter, capacity));
    }

    private long add(HybridSequence sequence) {
        sequences.put(++nextSequence, sequence);
        return nextSequence;
    }

    @Override
    public long fork(long sequence, int tokens, int capacity) {
        return add(find(sequence).fork(tokens, capacity));
    }

    @Override
    public void truncate(long sequence, int tokens) {
        find(sequence).truncate(tokens);
    }

    @Override
    public int fewRows() {
        return mostRows == 0 ? many.fewRows() : mostRows;
    }

    @Override
    public void release(long sequence) {
        find(sequence).close();
        sequences.remove(sequence);
    }

    @Override
    public List<StepOutput> run(List<StepInput> batch) {
        boolean pieces = rows(batch, this::isPiece) <= mostRows;
        boolean answers = rows(batch, HybridExecutor::isAnswer) <= mostRows;
        List<StepInput> toFew = new ArrayList<>();
        List<StepInput> toMany = new ArrayList<>();
        for (StepInput input : batch) {
            boolean isFew = (pieces && isPiece(input)) || (answers && isAnswer(input));
            (isFew ? toFew : toMany).add(input);
        }
        Map<Long, StepOutput> outputs = new HashMap<>();
        run(many, toMany, outputs);
        run(few, toFew, outputs);
        return batch.stream().map(input -> outputs.get(input.sequence())).toList();
    }

    private static int rows(List<StepInput> batch, Predicate<StepInput> counted) {
        return batch.stream()
                .filter(counted)
                .mapToInt(input -> input.tokens().length)
                .sum();
    }

    @Override
    public float[] project(DocumentBatch batch, LinearHead head) {
        return many.project(batch, head);
    }

    @Override
    public float[] vectors(DocumentBatch batch, Pooling pooling) {
        return many.vectors(batch, pooling);
    }

    private void run(Executor executor, List<StepInput> inputs, Map<Long, StepOutput> outputs) {
        if (inputs.isEmpty()) {
            return;
        }
        List<StepOutput> answers = executor.run(inputs.stream()
                .map(input -> at(input, find(input.sequence()).in(executor)))
                .toList());
        for (int i = 0; i < inputs.size(); i++) {
            StepInput input = inputs.get(i);
            find(input.sequence()).grewIn(executor, input.tokens().length);
            outputs.put(input.sequence(), answers.get(i));
        }
    }

    /** Whether it is a next token, alone or with some that are likely to follow it. */
    private static boolean isAnswer(StepInput input) {
        return input.scoring() == null && (input.tokens().length == 1 || input.answers() == input.tokens().length);
    }

    /**
     * Whether it is a next token, or a prompt's part: one behind which more follows, or what follows such parts. A prompt that is read at once, and
     * the rest of one that begins as another did, go through libtorch, whatever else is in the step.
     */
    private boolean isPiece(StepInput input) {
        return isAnswer(input)
                || (input.scoring() == null
                        && (input.answers() == 0 || find(input.sequence()).isInFew()));
    }

    private static StepInput at(StepInput input, long sequence) {
        return new StepInput(sequence, input.tokens(), input.answers(), input.scoring());
    }

    private HybridSequence find(long sequence) {
        HybridSequence found = sequences.get(sequence);
        if (found == null) {
            throw new IllegalArgumentException("Sequence " + sequence + " is not open");
        }
        return found;
    }

    @Override
    public void close() {
        sequences.clear();
        few.close();
        many.close();
    }
}
