package dev.paddock.methods.quantization;

import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a method makes of a model, and in which files. */
interface QuantizedForm {
    /** Whether it looks at rows. */
    boolean needsInputs();

    /** Adds {@code bits}, {@code groupSize} and {@code blocks}, the name of a tensor's type. */
    void describe(ObjectNode facts);

    /**
     * Writes the model.
     *
     * @param sequences to calibrate with; may be empty where no inputs are needed
     * @param like the model's files, whose tokenizer and chat template the result has
     * @param folder exists
     * @return what is to be opened
     */
    Path write(WeightSource source, List<int[]> sequences, Path like, Path folder, Runnable atWork) throws IOException;
}
