package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.file.Path;

/**
 * A classifier as a folder: an adapter with a head in PEFT's layout, and {@code classifier.json} with what the outputs stand for.
 *
 * @param scheme the labels
 * @param headed the adapter and its head
 */
public record ClassifierModel(LabelScheme scheme, HeadedAdapter headed) {
    /** @throws IllegalArgumentException where the head does not fit the labels */
    public ClassifierModel {
        if (headed.head().outputs() != scheme.labels().size()
                || headed.task() != scheme.kind().task()) {
            throw new IllegalArgumentException("%d labels of kind %s cannot have a head of %d outputs for %s"
                    .formatted(
                            scheme.labels().size(),
                            scheme.kind().id(),
                            headed.head().outputs(),
                            headed.task()));
        }
    }

    /** Whether an adapter's folder is a classifier's. */
    public static boolean isIn(Path folder) {
        return SchemeFile.isIn(folder);
    }

    /** What it has in the place of an output matrix. */
    public ClassificationHead head() {
        return new ClassificationHead(scheme, headed.head());
    }

    /**
     * Writes the folder, which exists.
     *
     * @param settings of the adapter
     * @param baseModel what the configuration names as its base
     */
    public void write(Path folder, LoraSettings settings, String baseModel) {
        PeftAdapter.write(folder, settings, headed, baseModel);
        SchemeFile.write(folder, scheme);
    }

    /**
     * Reads the folder of a classifier that this program wrote.
     *
     * @throws UnsupportedModelException naming what the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static ClassifierModel read(Path folder) {
        LabelScheme scheme = SchemeFile.read(folder);
        try {
            return new ClassifierModel(scheme, PeftAdapter.readHeaded(folder));
        } catch (IllegalArgumentException e) {
            throw SchemeFile.malformed(e);
        }
    }
}
