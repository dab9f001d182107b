package dev.paddock.methods.quantization;

import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.quantization.posttraining.BlockMethod;
import dev.paddock.llama.quantization.posttraining.CalibrationTexts;
import dev.paddock.llama.quantization.posttraining.Perplexity;
import dev.paddock.llama.quantization.posttraining.QuantizedModel;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version becomes {@code model.gguf} with a method's codes, measured before and after: bytes of the weights, and perplexity on
 * rows that the method did not see. What was measured are the job's metrics and lies beside the model in {@code quantization.json}.
 */
record Quantization(BlockMethod method, CalibrationParams texts, MergingInput input, TrainingObserver observer) {
    void run() throws IOException {
        MergeSource version = input.sources().get(0).model();
        Path file = input.output().resolve("model.gguf");
        try (WeightSource source = version.open()) {
            CalibrationTexts rows = rows(version.model(), source.config().contextLength());
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            facts.put("bits", method.grid().bits())
                    .put("groupSize", method.grid().groupSize());
            facts.put("blocks", method.grid().container().name());
            measure(facts, "before", bytes(source), source, rows);
            QuantizedModel.of(source, method, rows.calibration(), observer::atWork)
                    .write(version.model(), file);
            try (WeightSource written = ModelFiles.open(file)) {
                measure(facts, "after", bytes(written), written, rows);
            }
            Files.writeString(input.output().resolve("quantization.json"), pretty(facts));
        }
    }

    /** Rows as the model can read them; their template writes the same date in every attempt. */
    private CalibrationTexts rows(Path model, int contextLength) {
        Path rows = input.rows();
        if (rows == null) {
            return new CalibrationTexts(List.of(), List.of());
        }
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            return CalibrationTexts.read(
                    rows,
                    tokenizer,
                    Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                    Math.min(texts.sequenceLength(), contextLength),
                    texts.calibrationSequences(),
                    texts.evaluationSequences());
        } catch (IllegalArgumentException e) {
            if (method.needsInputs()) {
                throw e;
            }
            observer.log("perplexity is not measured: " + e.getMessage());
            return new CalibrationTexts(List.of(), List.of());
        }
    }

    private void measure(ObjectNode facts, String when, long bytes, WeightSource model, CalibrationTexts rows) {
        int step = when.equals("before") ? 0 : 1;
        facts.put("bytes_" + when, bytes);
        observer.metric(step, "bytes_" + when, (double) bytes);
        if (!rows.heldOut().isEmpty()) {
            double perplexity = Perplexity.of(model, rows.heldOut(), observer::atWork);
            facts.put("perplexity_" + when, perplexity);
            observer.metric(step, "perplexity_" + when, perplexity);
            observer.log("perplexity %s: %.4f on %d sequences, %d bytes"
                    .formatted(when, perplexity, rows.heldOut().size(), bytes));
        }
    }

    private static long bytes(WeightSource model) {
        return model.names().stream()
                .mapToLong(name -> model.info(name).bytes())
                .sum();
    }

    private static String pretty(ObjectNode facts) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
    }
}
