package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.constraint.Constraints;
import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.sampling.NotFiniteException;
import dev.paddock.llama.inference.schedule.DraftLimits;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.inference.schedule.SequenceOrder;
import dev.paddock.llama.inference.schedule.TokenScheduler;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answers of one model: requests come from any thread, steps run on a thread of its own, where requests join and leave
 * between steps. It owns the executor and the tokenizer.
 */
public final class Generator implements AutoCloseable {
    /** Ended sequences keep at most one part in so many of what running ones may hold, on top of it. */
    public static final int KEPT_PART = 4;

    private final Executor executor;
    private final Tokenizer tokenizer;
    private final NamelessIds nameless;
    private final @Nullable Speculation speculation;
    private final TokenScheduler scheduler;
    private final Map<Long, RequestState> states = new ConcurrentHashMap<>();
    private final PrefixCache prefixes;
    private final long cachedTokens;
    private final Constraints constraints;
    private final AtomicLong ids = new AtomicLong();
    private final StepLoop loop;
    private final AdapterExchange adapters;
    private final ReentrantLock reading = new ReentrantLock(true);

    public Generator(Executor executor, Tokenizer tokenizer, SchedulerLimits limits, Clock clock) {
        this(executor, tokenizer, limits, null, clock, StepListener.NONE);
    }

    /**
     * One that guesses ahead.
     *
     * @param speculation how answers are guessed ahead, to be closed with the model; null for not at all
     * @param listener hears of its steps
     */
    public Generator(
            Executor executor,
            Tokenizer tokenizer,
            SchedulerLimits limits,
            @Nullable Speculation speculation,
            Clock clock,
            StepListener listener) {
        this.executor = executor;
        this.speculation = speculation;
        this.tokenizer = tokenizer;
        this.nameless = NamelessIds.of(tokenizer, executor.config().vocabularySize());
        this.scheduler = new TokenScheduler(limits, draftLimits(speculation, executor));
        this.cachedTokens = limits.cachedTokens();
        this.constraints = new Constraints(tokenizer);
        this.prefixes = new PrefixCache(executor, limits.cachedTokens() / KEPT_PART);
        Drafting drafting = new Drafting(speculation == null ? null : speculation.drafter(), states);
        this.loop = new StepLoop(new GenerationStep(executor, scheduler, states, prefixes, drafting, clock, listener));
        this.adapters = new AdapterExchange(executor, loop, states, prefixes);
    }

    private static DraftLimits draftLimits(@Nullable Speculation speculation, Executor executor) {
        return speculation == null
                ? DraftLimits.NONE
                : new DraftLimits(speculation.tokens(), speculation.batch(), executor.fewRows());
    }

    /**
     * Puts a request in the queue.
     *
     * @param tenant whose it is; tenants share the model evenly
     * @return what gives it up
     * @throws PromptTooLongException where the prompt leaves no room in the context
     * @throws UnknownAdapterException where its adapter is not loaded
     * @throws dev.paddock.llama.inference.schedule.QueueFullException where too many wait already
     */
    public Cancellable submit(GenerationRequest request, String tenant, GenerationListener listener) {
        String adapter = request.adapter();
        if (adapter != null && !executor.adapters().contains(adapter)) {
            throw new UnknownAdapterException(adapter);
        }
        GenerationRequest fitted = RequestFit.to(executor.config().vocabularySize(), contextLength(), request);
        long id = ids.incrementAndGet();
        RequestState state = state(fitted, listener);
        states.put(id, state);
        try {
            scheduler.submit(new SequenceOrder(
                    id,
                    fitted.prompt().length,
                    fitted.newTokens(),
                    fitted.deadline(),
                    fitted.urgent(),
                    tenant,
                    fitted.rows()));
        } catch (RuntimeException e) {
            states.remove(id);
            throw e;
        }
        if (!states.containsKey(id)) {
            scheduler.remove(id);
        }
        loop.wake();
        return () -> {
            loop.execute(() -> loop.step().end(id, FinishReason.CANCELLED));
            state.giveUp();
        };
    }

    /** Puts a request of the only tenant in the queue. */
    public Cancellable submit(GenerationRequest request, GenerationListener listener) {
        return submit(request, "", listener);
    }

    private RequestState state(GenerationRequest request, GenerationListener listener) {
        BeamSettings beams = request.beams();
        return beams == null
                ? new GenerationState(request, tokenizer, nameless, listener)
                : new BeamState(request, beams, executor, tokenizer, nameless, listener);
    }

    /** Takes an adapter in, prepared on the caller's thread. */
    public void loadAdapter(String name, AdapterSource adapter) {
        adapters.install(name, adapters.prepare(adapter));
    }

    /**
     * Drops an adapter between two steps, after the requests given up before.
     *
     * @throws IllegalStateException while a request uses it
     */
    public void unloadAdapter(String name) {
        if (adapters.used(name) || !adapters.drop(name)) {
            throw new IllegalStateException("Adapter '" + name + "' is in use");
        }
    }

    /** What takes adapters in and out. */
    public AdapterExchange adapters() {
        return adapters;
    }

    /**
     * Reads documents between two steps, on the model's own thread, and waits for it. Of several callers one is served between
     * two steps, in their order.
     *
     * @return logits {@code [rows, outputs]}, as {@link Executor#project} gives them
     * @throws UnknownAdapterException where the batch's adapter is not loaded
     */
    public float[] project(DocumentBatch batch, LinearHead head) {
        return read(() -> executor.project(batch, head));
    }

    /**
     * Makes vectors of documents between two steps, as {@link #project} reads them.
     *
     * @param documents tokens of each, one or more
     * @return one vector {@code [hidden size]} of length 1 for each
     * @throws UnknownAdapterException where the adapter is not loaded
     * @throws NotFiniteException where the weights give no numbers
     */
    public List<float[]> vectors(List<int[]> documents, @Nullable String adapter, Pooling pooling) {
        float[] rows = read(() -> executor.vectors(new DocumentBatch(documents, true, adapter, new long[0]), pooling));
        for (float number : rows) {
            if (!Float.isFinite(number)) {
                throw new NotFiniteException(number);
            }
        }
        int width = executor.config().hiddenSize();
        return IntStream.range(0, documents.size())
                .mapToObj(i -> Arrays.copyOfRange(rows, i * width, (i + 1) * width))
                .toList();
    }

    private float[] read(Supplier<float[]> pass) {
        List<float[]> rows = new ArrayList<>();
        reading.lock();
        try {
            loop.call(() -> rows.add(pass.get()));
        } finally {
            reading.unlock();
        }
        return rows.get(0);
    }

    public Executor executor() {
        return executor;
    }

    /** Bytes that the weights take, those of the drafter among them. */
    public long weightBytes() {
        return executor.weightBytes()
                + (speculation == null ? 0 : speculation.drafter().weightBytes());
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Languages that answers can be held to. */
    public Constraints constraints() {
        return constraints;
    }

    public int waiting() {
        return scheduler.waiting();
    }

    public int running() {
        return scheduler.running();
    }

    /** Tokens that a prompt and its answer may have: as many as the model was made for, unless the caches have room for fewer. */
    public int contextLength() {
        return (int) Math.min(executor.config().contextLength(), cachedTokens);
    }

    /** Tokens for which running requests may hold room in the cache. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** The part of the cache that running requests hold, 0 to 1. */
    public double cacheUse() {
        return (double) scheduler.heldTokens() / cachedTokens;
    }

    /** How often a running request has given its cache up for those before it. */
    public long preemptions() {
        return scheduler.preemptions();
    }

    /** Whether nothing waits or runs. */
    public boolean idle() {
        return states.isEmpty();
    }

    /** Ends what runs as failed and frees the model. */
    @Override
    public void close() {
        loop.close();
        states.values().forEach(state -> state.fail(new IllegalStateException("The model was unloaded")));
        states.clear();
        adapters.close();
        executor.close();
        if (speculation != null) {
            speculation.drafter().close();
        }
        tokenizer.close();
    }
}
