package dev.paddock.llama.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears of a search. */
final class SearchListener implements GenerationListener {
    final List<Integer> begun = new ArrayList<>();
    final CountDownLatch running = new CountDownLatch(1);
    private final CompletableFuture<List<FoundAnswer>> found = new CompletableFuture<>();
    private final CompletableFuture<Finished> givenUp = new CompletableFuture<>();

    @Override
    public void begun(int cached) {
        begun.add(cached);
        running.countDown();
    }

    @Override
    public void token(GeneratedToken token) {
        failed(new IllegalStateException("a search tells no single token: " + token));
    }

    @Override
    public void found(List<FoundAnswer> answers) {
        found.complete(answers);
    }

    @Override
    public void finished(Finished finished) {
        givenUp.complete(finished);
    }

    @Override
    public void failed(RuntimeException failure) {
        found.completeExceptionally(failure);
        givenUp.completeExceptionally(failure);
    }

    List<FoundAnswer> await() {
        return found.orTimeout(300, TimeUnit.SECONDS).join();
    }

    /** The end of one that was given up. */
    Finished end() {
        return givenUp.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
