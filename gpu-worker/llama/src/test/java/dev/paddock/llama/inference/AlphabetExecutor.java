package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.inference.StepInput.Scoring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A model that always says the next letter of the alphabet; it runs a step for every permit, and keeps count of its caches. */
final class AlphabetExecutor implements Executor {
    final Semaphore steps;
    final List<Integer> batchSizes = new ArrayList<>();
    final List<Integer> forks = new ArrayList<>();
    /** Names of the threads on which adapters were prepared. */
    final List<String> preparedOn = new CopyOnWriteArrayList<>();
    /** Names of the threads on which adapters were installed. */
    final List<String> installedOn = new CopyOnWriteArrayList<>();

    /** Capacity and tokens of each open sequence. */
    private final Map<Long, int[]> open = new HashMap<>();

    private final Set<String> adapters = new HashSet<>();
    private long next;

    AlphabetExecutor() {
        this(new Semaphore(0));
    }

    AlphabetExecutor(Semaphore steps) {
        this.steps = steps;
    }

    @Override
    public LlamaConfig config() {
        return new LlamaConfig(
                128,
                8,
                8,
                1,
                2,
                1,
                4,
                1e-5,
                10_000,
                new RopeScaling.None(),
                40,
                true,
                false,
                false,
                OptionalInt.empty(),
                List.of(0));
    }

    @Override
    public long weightBytes() {
        return 1;
    }

    @Override
    public long cacheBytesPerToken() {
        return 1;
    }

    @Override
    public PreparedAdapter prepare(AdapterSource adapter) {
        preparedOn.add(Thread.currentThread().getName());
        return new PreparedAdapter(
                1,
                name -> {
                    installedOn.add(Thread.currentThread().getName());
                    adapters.add(name);
                },
                () -> {});
    }

    @Override
    public void unloadAdapter(String name) {
        adapters.remove(name);
    }

    @Override
    public Set<String> adapters() {
        return Set.copyOf(adapters);
    }

    @Override
    public long open(@Nullable String adapter, int capacity) {
        open.put(++next, new int[] {capacity, 0});
        return next;
    }

    @Override
    public boolean canFork() {
        return true;
    }

    @Override
    public long fork(long sequence, int tokens, int capacity) {
        if (find(sequence)[1] < tokens) {
            throw new IllegalStateException("forked more than there is: " + tokens);
        }
        forks.add(tokens);
        long child = open(null, capacity);
        find(child)[1] = tokens;
        return child;
    }

    @Override
    public void truncate(long sequence, int tokens) {
        if (tokens < 1 || tokens > find(sequence)[1]) {
            throw new IllegalStateException("truncated to what is not there: " + tokens);
        }
        find(sequence)[1] = tokens;
    }

    private int[] find(long sequence) {
        int[] found = open.get(sequence);
        if (found == null) {
            throw new IllegalStateException("no open sequence: " + sequence);
        }
        return found;
    }

    @Override
    public void release(long sequence) {
        if (open.remove(sequence) == null) {
            throw new IllegalStateException("released twice: " + sequence);
        }
    }

    int openSequences() {
        return open.size();
    }

    @Override
    public List<StepOutput> run(List<StepInput> batch) {
        steps.acquireUninterruptibly();
        batchSizes.add(batch.size());
        return batch.stream().map(this::output).toList();
    }

    private StepOutput output(StepInput input) {
        int[] sequence = find(input.sequence());
        sequence[1] += input.tokens().length;
        if (sequence[1] > sequence[0]) {
            throw new IllegalStateException("%d tokens in a cache for %d".formatted(sequence[1], sequence[0]));
        }
        if (input.tokens()[input.tokens().length - 1] == '!') {
            throw new IllegalStateException("broken weights");
        }
        if (input.tokens()[input.tokens().length - 1] == '#') {
            throw new AssertionError("broken code");
        }
        List<float[]> answers = new ArrayList<>();
        for (int i = input.firstAnswer(); i < input.tokens().length; i++) {
            float[] logits = new float[128];
            logits[input.tokens()[i] == 'z' ? 0 : input.tokens()[i] + 1] = 10;
            answers.add(logits);
        }
        Scoring scoring = input.scoring();
        List<TokenScore> scores = new ArrayList<>();
        for (int i = 0; scoring != null && i < scoring.targets().length; i++) {
            int before = input.tokens()[scoring.firstRow() + i];
            scores.add(new TokenScore(scoring.targets()[i], before - scoring.targets()[i], List.of()));
        }
        return new StepOutput(answers, scores);
    }

    @Override
    public void close() {}
}
