package dev.paddock.worker.guard;

import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks a base, with or without an adapter, for the first token of its answer, as the service does. */
final class GuardScorer implements AutoCloseable {
    private static final int ALTERNATIVES = 20;
    private static final String ADAPTER = "guard";

    private final Generator generator;
    private final @Nullable String adapter;
    private final GuardTaxonomy taxonomy;

    /** @param adapter a folder in PEFT's layout; null for the bare base */
    GuardScorer(Path base, @Nullable Path adapter, GuardTaxonomy taxonomy) {
        this.taxonomy = taxonomy;
        try (WeightSource weights = ModelFiles.open(base)) {
            LibtorchExecutor executor = new LibtorchExecutor(weights, Precision.ofThisMachine());
            SchedulerLimits limits = new SchedulerLimits(1, 1, executor.config().contextLength(), 1024);
            this.generator = new Generator(executor, Tokenizers.of(base), limits, Clock.systemUTC());
        }
        this.adapter = adapter == null ? null : ADAPTER;
        if (adapter != null) {
            generator.loadAdapter(ADAPTER, PeftAdapter.read(adapter));
        }
    }

    List<ScoredRow> score(List<GuardRow> rows) {
        return rows.stream().map(this::score).toList();
    }

    private ScoredRow score(GuardRow row) {
        int[] prompt = GuardTrainer.prompt(row.prompt(taxonomy), generator.tokenizer());
        CompletableFuture<TokenScore> first = new CompletableFuture<>();
        generator.submit(
                new GenerationRequest(
                        prompt,
                        adapter,
                        1,
                        SamplingParameters.greedy(),
                        List.of(),
                        Set.of(),
                        ALTERNATIVES,
                        prompt.length,
                        null),
                new FirstToken(first));
        List<TokenLogProbability> top = first.join().top();
        double safe = mass(top, GuardPrompt.SAFE.strip());
        double unsafe = mass(top, GuardPrompt.UNSAFE.strip());
        double either = safe + unsafe;
        return new ScoredRow(row, either == 0 ? 0 : unsafe / either, either);
    }

    private double mass(List<TokenLogProbability> top, String word) {
        return top.stream()
                .filter(candidate -> begins(word, candidate.token()))
                .mapToDouble(candidate -> Math.exp(candidate.logProbability()))
                .sum();
    }

    private boolean begins(String word, int token) {
        String text = generator.tokenizer().decode(new int[] {token}, false);
        String letters = text.strip().toLowerCase(Locale.ROOT);
        return !letters.isEmpty() && word.startsWith(letters);
    }

    @Override
    public void close() {
        generator.close();
    }

    private record FirstToken(CompletableFuture<TokenScore> first) implements GenerationListener {
        @Override
        public void token(GeneratedToken token) {
            if (token.score() != null) {
                first.complete(token.score());
            }
        }

        @Override
        public void finished(Finished finished) {
            first.completeExceptionally(new IllegalStateException("the model gave no token: " + finished.reason()));
        }

        @Override
        public void failed(RuntimeException failure) {
            first.completeExceptionally(failure);
        }
    }
}
