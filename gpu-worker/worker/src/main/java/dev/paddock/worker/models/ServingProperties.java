package dev.paddock.worker.models;

import dev.paddock.llama.inference.hybrid.BatchPrecision;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.libtorch.Precision;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of serving under {@code paddock.serving}.
 *
 * @param precision numbers in which models are held, null for what this processor is made for; fp32 without vectors gives the same
 *     answer whatever else runs in a batch
 * @param threads threads that compute; 0 for one a processor
 * @param modelMemory bytes that the weights of all models may take
 * @param cacheMemory bytes that the caches of one model's requests may take; a model whose context does not fit serves as much of it as does
 * @param running most requests of a model at once
 * @param waiting most requests of a model in its queue; more are refused
 * @param tokensPerStep most prompt tokens of a model's step
 * @param tokensBesideAnswers most prompt tokens of a step in which up to as many answers get their next ones; beside more answers, as many as
 *     these. Fewer keep answers flowing, more read prompts faster
 * @param adapterMemory bytes that the adapters of one model may take beside its weights; those longest unused leave for others
 * @param pinned deployed models whose adapters stay in memory, {@code name} of every tenant or {@code tenant/name}; guards always do
 * @param maxTokens tokens of an answer whose request names no number
 * @param requestTimeout longest time a request may take
 * @param vectors whether few rows may be computed on the Vector API, where that is there and faster
 * @param compact whether weights of few bits are held once and unpacked layer by layer for long prompts and large batches; false
 *     holds them in bfloat16 too: more memory, a little faster
 * @param compactCache whether keys and values are kept in 8 bits: half the memory for each token, answers that differ a little
 * @param batchPrecision numbers in which products of several rows are computed: exact, as for one row to the same bits (vLLM's term: batch
 *     invariance), or bf16 or int8 where the processor has instructions for them, from a copy of the weights: more memory, more answers a second
 * @param speculativeConfig how answers are guessed ahead, as JSON in vLLM's terms, such as
 *     {@code {"method":"ngram","num_speculative_tokens":4}}; null for not at all
 */
@ConfigurationProperties("paddock.serving")
public record ServingProperties(
        @Nullable Precision precision,
        @DefaultValue("0") int threads,
        @DefaultValue("2GB") DataSize modelMemory,
        @DefaultValue("512MB") DataSize cacheMemory,
        @DefaultValue("32") int running,
        @DefaultValue("64") int waiting,
        @DefaultValue("512") int tokensPerStep,
        @DefaultValue("8") int tokensBesideAnswers,
        @DefaultValue("384MB") DataSize adapterMemory,
        @DefaultValue Set<String> pinned,
        @DefaultValue("512") int maxTokens,
        @DefaultValue("10m") Duration requestTimeout,
        @DefaultValue("true") boolean vectors,
        @DefaultValue("true") boolean compact,
        @DefaultValue("false") boolean compactCache,
        @DefaultValue("exact") BatchPrecision batchPrecision,
        @Nullable String speculativeConfig) {
    private static final long LEAST_CACHE = DataSize.ofMegabytes(1).toBytes();

    public ServingProperties {
        positive("threads", threads + 1);
        positive("running", running);
        positive("waiting", waiting + 1);
        positive("tokens-per-step", tokensPerStep);
        positive("tokens-beside-answers", tokensBesideAnswers);
        positive("cache-memory", cacheMemory.toBytes() / LEAST_CACHE);
        positive("adapter-memory", adapterMemory.toBytes());
        positive("max-tokens", maxTokens);
        pinned = Set.copyOf(pinned);
    }

    /** The precision set, or the one this processor is made for. */
    public Precision chosenPrecision() {
        return precision == null ? Precision.ofThisMachine() : precision;
    }

    /** The threads set, or one a processor. */
    public int chosenThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** How models are run. */
    ExecutorOptions executor(int threads) {
        return new ExecutorOptions(chosenPrecision(), threads, vectors, compact, compactCache, batchPrecision);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("paddock.serving." + name + " is too small");
        }
    }
}
