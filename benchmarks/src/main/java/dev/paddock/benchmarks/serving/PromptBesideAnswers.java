package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.RandomTokens;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.Cancellable;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What running answers notice of a long prompt that is read beside them in pieces. */
@CatalogueEntry(
        id = "prompt-beside-answers",
        family = "serving",
        summary = "Times between the tokens of running answers, and while a long prompt is read beside them.",
        paper = "SARATHI: Efficient LLM Inference by Piggybacking Decodes with Chunked Prefills")
public final class PromptBesideAnswers implements Benchmark<PromptBesideAnswers.Params> {
    private static final double TAIL = 0.99;

    /** Sizes. */
    public record Params(
            @Parameter(value = "4", description = "Answers that run") @Min(1) @Max(32) int streams,

            @Parameter(value = "2000", description = "Tokens of the prompt that enters") @Min(64) @Max(8000) int prompt,

            @Parameter(value = "5", description = "Prompts, one after the other") @Min(1) @Max(100) int prompts,

            @Parameter(value = "100", description = "Tokens of each answer before, between and after the prompts")
            @Min(20) @Max(1000) int tokens,

            @Parameter(value = "512", description = "Most prompt tokens of a step") @Min(1) @Max(8192) int tokensPerStep,

            @Parameter(value = "8", description = "Most prompt tokens of a step in which answers get theirs")
            @Min(1) @Max(8192) int tokensBesideAnswers,

            @Parameter(value = "true", description = "Weights of few bits are held once")
            boolean compact) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (WeightSource base = ModelFiles.open(bench.model());
                Generator generator =
                        Generators.of(base, bench.model(), bench, params.compact(), limits(params, base))) {
            RandomTokens random = new RandomTokens(base.config(), 1);
            List<TokenTimes> times =
                    Stream.generate(TokenTimes::new).limit(params.streams()).toList();
            List<Cancellable> answers = new ArrayList<>();
            try {
                for (TokenTimes one : times) {
                    answers.add(generator.submit(
                            Generators.endless(
                                    random.rows(1, 16)[0], base.config().contextLength()),
                            one));
                }
                times.forEach(one -> one.next(params.tokens()));
                int[][] prompts = random.rows(params.prompts() + 1, params.prompt());
                Generators.prompt(generator, prompts[params.prompts()]);
                List<Double> without = new ArrayList<>();
                List<Double> with = new ArrayList<>();
                for (int i = 0; i < params.prompts(); i++) {
                    bench.progress().at("prompts", i, params.prompts());
                    int[] prompt = prompts[i];
                    without.addAll(gaps(times, () -> times.forEach(one -> one.all(params.tokens()))));
                    with.addAll(gaps(times, () -> Generators.prompt(generator, prompt)));
                }
                without.addAll(gaps(times, () -> times.forEach(one -> one.all(params.tokens()))));
                return figures(without, with);
            } finally {
                answers.forEach(Cancellable::cancel);
            }
        }
    }

    private static SchedulerLimits limits(Params params, WeightSource base) {
        int running = params.streams() + 1;
        return new SchedulerLimits(
                running,
                running,
                (long) running * base.config().contextLength(),
                params.tokensPerStep(),
                params.tokensBesideAnswers());
    }

    /** Of all answers, the times between tokens during some work. */
    private static List<Double> gaps(List<TokenTimes> times, Runnable work) {
        times.forEach(one -> one.next(1));
        work.run();
        return times.stream().flatMap(one -> one.all(1).stream()).toList();
    }

    private static List<Figure> figures(List<Double> without, List<Double> with) {
        return List.of(
                Figure.once("token-without-prompt", at(without, 0.5), "ms", null),
                Figure.once("token-without-prompt-p99", at(without, TAIL), "ms", null),
                Figure.once("token-with-prompt", at(with, 0.5), "ms", null),
                Figure.once("token-with-prompt-p99", at(with, TAIL), "ms", null));
    }

    private static double at(List<Double> gaps, double share) {
        List<Double> sorted = gaps.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }
}
