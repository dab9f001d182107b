package dev.paddock.worker.models;

import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A greedy answer's tokens. */
final class Answer implements GenerationListener {
    private static final int TOKENS = 8;

    private final List<Integer> tokens = new ArrayList<>();
    private final CompletableFuture<List<Integer>> end = new CompletableFuture<>();

    /** Leases the adapter, asks it and gives it back. */
    static List<Integer> of(ModelPool pool, String base, String adapter) {
        try (ModelLease lease = pool.lease(base, adapter)) {
            int[] prompt = lease.base().tokenizer().encode("Where is the old");
            Answer answer = new Answer();
            lease.base()
                    .generator()
                    .submit(
                            new GenerationRequest(
                                    prompt,
                                    adapter,
                                    TOKENS,
                                    SamplingParameters.greedy(),
                                    List.of(),
                                    Set.of(),
                                    -1,
                                    prompt.length,
                                    null),
                            answer);
            return answer.end.orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void token(GeneratedToken token) {
        tokens.add(token.token());
    }

    @Override
    public void finished(Finished finished) {
        end.complete(List.copyOf(tokens));
    }

    @Override
    public void failed(RuntimeException failure) {
        end.completeExceptionally(failure);
    }
}
