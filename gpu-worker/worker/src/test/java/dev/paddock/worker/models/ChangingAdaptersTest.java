package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.llama.inference.Cancellable;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import dev.paddock.llama.inference.GenerationRequest;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.worker.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More adapters than there is room for, asked for in turn by callers of which some hang up: nobody's request fails for another's. */
final class ChangingAdaptersTest {
    private static final int CALLERS = 4;
    private static final int ADAPTERS = 5;
    private static final int ROUNDS = 60;
    private static final int TOKENS = 12;

    @TempDir
    Path temporary;

    @Test
    void everyRequestFindsItsAdapter() throws Exception {
        FolderArtifactStore store = new FolderArtifactStore(temporary.resolve("store"));
        ArtifactFolders folders = TestPools.folders(store, temporary.resolve("cache"), new SimpleMeterRegistry());
        ModelPool pool = TestPools.of(folders, new SimpleMeterRegistry(), 4 * CALLERS);
        String base = TestModels.base(store, temporary.resolve("base"), "base");
        List<String> adapters = adapters(store);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(caller);
                ends.add(callers.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        ask(pool, base, adapters.get(random.nextInt(ADAPTERS)), random.nextBoolean());
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(2, TimeUnit.MINUTES);
            }
            assertThat(pool.running() + pool.waiting()).isZero();
        } finally {
            callers.shutdownNow();
            pool.close();
        }
    }

    private List<String> adapters(FolderArtifactStore store) throws IOException {
        List<String> adapters = new ArrayList<>();
        for (int i = 0; i < ADAPTERS; i++) {
            adapters.add(TestModels.adapter(store, temporary.resolve("adapter" + i), i));
        }
        return adapters;
    }

    private static void ask(ModelPool pool, String base, String adapter, boolean hangsUp) throws Exception {
        try (ModelLease lease = pool.lease(base, adapter)) {
            int[] prompt = lease.base().tokenizer().encode("Hello");
            GenerationRequest request = new GenerationRequest(
                    prompt, adapter, TOKENS, SamplingParameters.greedy(), List.of(), Set.of(), -1, prompt.length, null);
            Answer answer = new Answer();
            Cancellable running = lease.base().generator().submit(request, answer);
            if (hangsUp) {
                answer.begun.await();
                running.cancel();
            } else {
                assertThat(answer.end.get(1, TimeUnit.MINUTES).newTokens()).isEqualTo(TOKENS);
            }
        }
    }

    private static final class Answer implements GenerationListener {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CompletableFuture<Finished> end = new CompletableFuture<>();

        @Override
        public void token(GeneratedToken token) {
            begun.countDown();
        }

        @Override
        public void finished(Finished finished) {
            end.complete(finished);
        }

        @Override
        public void failed(RuntimeException failure) {
            begun.countDown();
            end.completeExceptionally(failure);
        }
    }
}
