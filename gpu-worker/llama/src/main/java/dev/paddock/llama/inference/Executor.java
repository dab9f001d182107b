package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.AdapterSource;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one model's layers over the caches of several sequences. Sequences are known by ids, adapters by names (their digests).
 * For use by one thread at a time, except for {@link #adapters} and
 * {@link #prepare}.
 */
public interface Executor extends AutoCloseable {
    LlamaConfig config();

    /** Bytes that weights and adapters take. */
    long weightBytes();

    /** Bytes that a sequence's cache takes for each token it has room for. */
    long cacheBytesPerToken();

    /**
     * Brings an adapter into the form in which it is used, unmerged. For any thread, while steps go on.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException where its tensors do not fit the model
     * @throws dev.paddock.llama.config.MalformedModelFileException as {@link AdapterSource#update} does
     */
    PreparedAdapter prepare(AdapterSource adapter);

    /**
     * Takes an adapter in.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException where its tensors do not fit the model
     */
    default void loadAdapter(String name, AdapterSource adapter) {
        prepare(adapter).install(name);
    }

    /** Drops an adapter that no open sequence uses. */
    void unloadAdapter(String name);

    /** Adapters loaded. */
    Set<String> adapters();

    /**
     * Opens an empty cache.
     *
     * @param adapter an adapter loaded, or null for the bare model
     * @param capacity most tokens it will hold, 1 to the model's context length
     * @return the sequence's id
     */
    long open(@Nullable String adapter, int capacity);

    /**
     * Whether {@link #fork} can be used where the capacities differ: not where a token's place is encoded differently in sequences of
     * different lengths. Sequences of one capacity can always be forked.
     */
    default boolean canFork() {
        LlamaConfig config = config();
        return Arrays.equals(config.inverseFrequencies(1), config.inverseFrequencies(config.contextLength()));
    }

    /**
     * Opens a cache that begins with another sequence's first tokens, with the same adapter.
     *
     * @param sequence an open one, which stays as it is
     * @param tokens how many of its tokens, 1 to as many as it has
     * @param capacity most tokens it will hold, these among them
     * @return the new sequence's id
     */
    long fork(long sequence, int tokens, int capacity);

    /**
     * Takes a sequence's last tokens out of its cache, as if they had never been run.
     *
     * @param tokens how many stay, 1 to as many as it has
     */
    void truncate(long sequence, int tokens);

    /** Frees a sequence's cache. */
    void release(long sequence);

    /** Rows of a step up to which one more of them costs least; tokens that may be wrong are not worth more rows than these. */
    default int fewRows() {
        return Integer.MAX_VALUE;
    }

    /**
     * Appends tokens to several sequences in one pass; every sequence at most once.
     *
     * @return one output for each input, in their order
     */
    List<StepOutput> run(List<StepInput> batch);

    /**
     * Reads whole documents without a cache and multiplies a head with the last norm's rows.
     *
     * @return logits of the rows asked for, fp32 {@code [rows, outputs]}
     * @throws UnsupportedOperationException where this executor decodes only
     */
    default float[] project(DocumentBatch batch, LinearHead head) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " reads no documents without a cache");
    }

    /**
     * Reads whole documents without a cache and makes one vector of length 1 of each one's last hidden states, behind the last norm.
     *
     * @param batch whose rows are not looked at
     * @return fp32 {@code [documents, hidden size]}
     * @throws UnsupportedOperationException where this executor decodes only
     */
    default float[] vectors(DocumentBatch batch, Pooling pooling) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " reads no documents without a cache");
    }

    @Override
    void close();
}
