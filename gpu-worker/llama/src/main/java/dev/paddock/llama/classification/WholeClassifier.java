package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A classifier that needs no other model, as a folder that transformers reads as {@code LlamaForSequenceClassification} or {@code
 * LlamaForTokenClassification}: the head is {@code score} in {@code model.safetensors}, and {@code classifier.json} stands beside
 * {@code config.json}. Its decoder is opened by {@link dev.paddock.llama.weights.ModelFiles#openClassifier}.
 */
public final class WholeClassifier {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";

    private WholeClassifier() {}

    /** Whether a folder is that of a model, not of an adapter, which gives labels. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG)) && SchemeFile.isIn(folder);
    }

    /**
     * Writes all files but the tokenizer's into a folder that exists.
     *
     * @param weights has the decoder's tensors, and gets the head's, in fp32
     */
    public static void write(Path folder, LlamaConfig config, ClassificationHead head, SafetensorsWriter weights) {
        head.head().savedFor(head.scheme().kind().task()).add(weights, "");
        weights.write(folder.resolve(WEIGHTS));
        SchemeFile.write(folder.resolve(CONFIG), described(config.toHuggingFace(), head.scheme()));
        SchemeFile.write(folder, head.scheme());
    }

    /** The configuration with transformers' words for the labels, and for the mask where there is none. */
    private static ObjectNode described(ObjectNode config, LabelScheme scheme) {
        config.putArray("architectures")
                .add(
                        scheme.kind() == LabelKind.TOKEN
                                ? "LlamaForTokenClassification"
                                : "LlamaForSequenceClassification");
        List<String> labels = scheme.labels();
        config.put("num_labels", labels.size());
        ObjectNode names = config.putObject("id2label");
        ObjectNode numbers = config.putObject("label2id");
        for (int i = 0; i < labels.size(); i++) {
            names.put(String.valueOf(i), labels.get(i));
            numbers.put(labels.get(i), i);
        }
        if (!scheme.causal()) {
            config.put("is_causal", false);
        }
        return config;
    }

    /**
     * Reads what the folder of a classifier that this program wrote has beside its decoder.
     *
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static ClassificationHead read(Path folder) {
        LabelScheme scheme = SchemeFile.read(folder);
        Path file = folder.resolve(WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw new MalformedModelFileException(folder + " has no " + WEIGHTS + " with the classifier's head");
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            return new ClassificationHead(scheme, LinearHead.read(tensors, "", WEIGHTS));
        } catch (IllegalArgumentException e) {
            throw SchemeFile.malformed(e);
        }
    }
}
