package dev.paddock.llama.merge;

import dev.paddock.llama.export.ModelFolder;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Writes the model that a rule makes of a base and several sources, one tensor of each in memory at a time.
 *
 * @param sources models of the base's shape and with its tokens
 */
public record ModelMerge(Path base, List<MergeSource> sources, MergeRule rule) {
    /**
     * Writes a Hugging Face folder.
     *
     * @param like the model whose configuration, tokenizer and chat template the result has
     * @param target a folder that exists
     * @param told hears how many tensors are done, on this thread; ends the work by throwing
     * @throws IllegalArgumentException for a source of another shape or with other tokens
     */
    public void write(Path like, Path target, IntConsumer told) throws IOException {
        requireSameTokens();
        List<WeightSource> opened = new ArrayList<>();
        try (WeightSource own = new MergeSource("the base", base, null).open()) {
            for (MergeSource source : sources) {
                opened.add(source.open());
                SameShape.require(source.name(), opened.get(opened.size() - 1), own);
            }
            int[] done = {0};
            ModelFolder.write(like, target, (tensor, numbers) -> {
                told.accept(done[0]++);
                List<float[]> read =
                        opened.stream().map(source -> read(source, tensor)).toList();
                numbers.put(rule.merge(tensor, read(own, tensor), read));
            });
        } finally {
            opened.forEach(WeightSource::close);
        }
    }

    private void requireSameTokens() {
        try (Tokenizer own = Tokenizers.of(base)) {
            for (MergeSource source : sources) {
                try (Tokenizer other = Tokenizers.of(source.model())) {
                    SameShape.requireTokens(source.name(), other, own);
                }
            }
        }
    }

    private static float[] read(WeightSource source, String tensor) {
        float[] numbers = new float[Math.toIntExact(source.info(tensor).elements())];
        source.read(tensor, FloatBuffer.wrap(numbers));
        return numbers;
    }
}
