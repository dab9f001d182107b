package dev.paddock.methods.drafting;

import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The model whose answers are to be guessed ahead.
 *
 * @param base its digest
 * @param tokenizer its tokenizer, which stays open as long as the model
 * @param folders finds the folder of another model by its digest
 * @param options how models are run here
 * @param makeRoom told the bytes that weights will take before they are read; throws where there is no room
 */
public record DraftingInput(
        String base,
        Tokenizer tokenizer,
        Function<String, Path> folders,
        ExecutorOptions options,
        LongConsumer makeRoom) {}
