package dev.paddock.methods.quantization;

import dev.paddock.llama.quantization.Nf4Folder;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The folder that transformers saves with bitsandbytes. */
record Nf4Form() implements QuantizedForm {
    @Override
    public boolean needsInputs() {
        return false;
    }

    @Override
    public void describe(ObjectNode facts) {
        facts.put("bits", 4).put("groupSize", TensorType.NF4.blockElements()).put("blocks", TensorType.NF4.name());
    }

    @Override
    public Path write(WeightSource source, List<int[]> sequences, Path like, Path folder, Runnable atWork)
            throws IOException {
        Nf4Folder.write(source, like, folder, atWork);
        return folder;
    }
}
