package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a generator needs of a model. */
public record ModelParts(Executor executor, Tokenizer tokenizer) implements AutoCloseable {
    /**
     * Opens the tokenizer while the weights are read.
     *
     * @param source read, and not needed afterwards
     * @param model the folder or file where the tokenizer is
     * @throws RuntimeException as {@link Tokenizers#of} and {@link Executors#of} say; nothing stays open then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what matters is why there is no executor
    public static ModelParts read(WeightSource source, Path model, ExecutorOptions options) {
        CompletableFuture<Tokenizer> opening = CompletableFuture.supplyAsync(() -> Tokenizers.of(model));
        Executor executor;
        try {
            executor = Executors.of(source, options);
        } catch (RuntimeException e) {
            opening.thenAccept(Tokenizer::close);
            throw e;
        }
        try {
            return new ModelParts(executor, opening.join());
        } catch (CompletionException e) {
            executor.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        executor.close();
        tokenizer.close();
    }
}
