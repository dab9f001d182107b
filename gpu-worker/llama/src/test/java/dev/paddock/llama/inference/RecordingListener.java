package dev.paddock.llama.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears. */
final class RecordingListener implements GenerationListener {
    final List<GeneratedToken> tokens = new ArrayList<>();
    final List<TokenScore> promptScores = new ArrayList<>();
    final List<Integer> begun = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final CountDownLatch firstToken = new CountDownLatch(1);
    private final CompletableFuture<Finished> end = new CompletableFuture<>();

    @Override
    public void begun(int cached) {
        begun.add(cached);
    }

    @Override
    public void promptScored(List<TokenScore> scores) {
        promptScores.addAll(scores);
    }

    @Override
    public void token(GeneratedToken token) {
        tokens.add(token);
        text.append(token.text());
        firstToken.countDown();
    }

    @Override
    public void finished(Finished finished) {
        text.append(finished.text());
        end.complete(finished);
    }

    @Override
    public void failed(RuntimeException failure) {
        end.completeExceptionally(failure);
    }

    Finished await() {
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
