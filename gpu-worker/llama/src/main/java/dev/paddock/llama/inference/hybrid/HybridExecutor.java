package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.PreparedAdapter;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.vector.VectorExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs many rows in libtorch and few on the Vector API: prompts go through libtorch, and up to {@code mostRows} next tokens
 * through vectors. A sequence's keys and values are handed over where the work goes on.
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
     * @param mostRows next tokens that {@code few} computes together; beyond these {@code many} is the faster one
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
    public PreparedAdapter prepare(LoraAdapter adapter) {
        PreparedAdapter inMany = many.prepare(adapter);
        try {
            PreparedAdapter inFew = few.prepare(adapter);
            return new PreparedAdapter(
                    inMany.bytes() + inFew.bytes(),
                    name -> {
                        inMany.install(name);
                        inFew.install(name);
                    },
                    inMany::close);
        } catch (RuntimeException e) {
            inMany.close();
            throw e;
        }
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
    public boolean canFork() {
        return many.canFork();
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
        int rows = batch.stream()
                .filter(HybridExecutor::isAnswer)
                .mapToInt(input -> input.tokens().length)
                .sum();
        Predicate<StepInput> toFew = input -> rows <= mostRows && isAnswer(input);
        Map<Long, StepOutput> outputs = new HashMap<>();
        run(many, batch.stream().filter(toFew.negate()).toList(), outputs);
        run(few, batch.stream().filter(toFew).toList(), outputs);
        return batch.stream().map(input -> outputs.get(input.sequence())).toList();
    }

    @Override
    public float[] project(DocumentBatch batch, LinearHead head) {
        return many.project(batch, head);
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
