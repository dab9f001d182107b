package dev.paddock.methods.quantization;

import dev.paddock.llama.quantization.posttraining.BlockMethod;
import dev.paddock.llama.quantization.posttraining.QuantizedModel;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Codes of a grid in {@code model.gguf}. */
record GgufForm(BlockMethod method) implements QuantizedForm {
    @Override
    public boolean needsInputs() {
        return method.needsInputs();
    }

    @Override
    public void describe(ObjectNode facts) {
        facts.put("bits", method.grid().bits())
                .put("groupSize", method.grid().groupSize())
                .put("blocks", method.grid().container().name());
    }

    @Override
    public Path write(WeightSource source, List<int[]> sequences, Path like, Path folder, Runnable atWork) {
        Path file = folder.resolve("model.gguf");
        QuantizedModel.of(source, method, sequences, atWork).write(like, file);
        return file;
    }
}
