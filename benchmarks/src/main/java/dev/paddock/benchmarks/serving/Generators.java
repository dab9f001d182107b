package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.ModelParts;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The worker's generator, and rounds of it. */
final class Generators {
    private Generators() {}

    /**
     * One with room for so many answers.
     *
     * @param model where the tokenizer is
     */
    static Generator of(WeightSource base, Path model, Bench bench, boolean compact, int streams) {
        return of(base, model, bench, compact, limits(base, streams));
    }

    /** Room for so many answers. */
    static SchedulerLimits limits(WeightSource base, int streams) {
        int context = base.config().contextLength();
        return new SchedulerLimits(streams, streams, (long) streams * context, context);
    }

    /**
     * One with these limits.
     *
     * @param model where the tokenizer is
     */
    static Generator of(WeightSource base, Path model, Bench bench, boolean compact, SchedulerLimits limits) {
        return of(base, model, new ExecutorOptions(bench.precision(), bench.threads(), true, compact, false), limits);
    }

    /** One that runs so, with these limits. */
    static Generator of(WeightSource base, Path model, ExecutorOptions options, SchedulerLimits limits) {
        ModelParts parts = ModelParts.read(base, model, options);
        return new Generator(parts.executor(), parts.tokenizer(), limits, Clock.systemUTC());
    }

    /** Greedy answers together, which nothing ends before their length; tokens a second after the last one's first token. */
    static double round(Generator generator, int[][] prompts, int adapters, int tokens) {
        TimedStreams streams = new TimedStreams(prompts.length);
        for (int i = 0; i < prompts.length; i++) {
            generator.submit(
                    request(prompts[i], adapters == 0 ? null : "adapter-" + i % adapters, tokens + 1),
                    streams.listener());
        }
        return streams.speed();
    }

    /** One prompt that nothing of is cached, up to its first token; tokens a second. */
    static double prompt(Generator generator, int[] prompt) {
        long begin = System.nanoTime();
        TimedStreams one = new TimedStreams(1);
        generator.submit(request(prompt, null, 1), one.listener());
        one.speed();
        return prompt.length / ((System.nanoTime() - begin) / 1e9);
    }

    /** An answer that only its caller ends. */
    static GenerationRequest endless(int[] prompt, int context) {
        return request(prompt, null, context);
    }

    private static GenerationRequest request(int[] prompt, @Nullable String adapter, int tokens) {
        return new GenerationRequest(
                prompt, adapter, tokens, SamplingParameters.greedy(), List.of(), Set.of(), -1, prompt.length, null);
    }
}
