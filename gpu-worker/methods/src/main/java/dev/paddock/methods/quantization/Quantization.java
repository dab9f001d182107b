package dev.paddock.methods.quantization;

import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.quantization.posttraining.CalibrationTexts;
import dev.paddock.llama.quantization.posttraining.Perplexity;
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
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version becomes one in few bits, measured before and after: bytes of the weights, tokens a second of one answer, and
 * perplexity on rows that the method did not see. What was measured are the job's metrics and lies beside the model in
 * {@code quantization.json}.
 */
record Quantization(QuantizedForm form, CalibrationParams texts, MergingInput input, TrainingObserver observer) {
    void run() throws IOException {
        MergeSource version = input.sources().get(0).model();
        try (WeightSource source = version.open()) {
            CalibrationTexts rows = rows(version.model(), source.config().contextLength());
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            form.describe(facts);
            measure(facts, "before", source, rows);
            Path model = form.write(source, rows.calibration(), version.model(), input.output(), observer::atWork);
            try (WeightSource written = ModelFiles.open(model)) {
                measure(facts, "after", written, rows);
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
            if (form.needsInputs()) {
                throw e;
            }
            observer.log("perplexity is not measured: " + e.getMessage());
            return new CalibrationTexts(List.of(), List.of());
        }
    }

    private void measure(ObjectNode facts, String when, WeightSource model, CalibrationTexts rows) {
        long bytes = bytes(model);
        facts.put("bytes_" + when, bytes);
        metric("bytes", when, (double) bytes);
        if (!rows.heldOut().isEmpty()) {
            double perplexity = Perplexity.of(model, rows.heldOut(), observer::atWork);
            facts.put("perplexity_" + when, perplexity);
            metric("perplexity", when, perplexity);
            observer.log("perplexity %s: %.4f on %d sequences, %d bytes"
                    .formatted(when, perplexity, rows.heldOut().size(), bytes));
        }
        OptionalDouble speed = ServedSpeed.of(model, observer::atWork);
        if (speed.isEmpty()) {
            observer.log("speed %s is not measured: the weights would take too much of the memory that is left"
                    .formatted(when));
            return;
        }
        facts.put("tokens_per_second_" + when, speed.getAsDouble());
        metric("tokens_per_second", when, speed.getAsDouble());
        observer.log("speed %s: %.1f tokens a second of one answer".formatted(when, speed.getAsDouble()));
    }

    private void metric(String name, String when, double value) {
        observer.metric(when.equals("before") ? 0 : 1, name + "_" + when, value);
    }

    private static long bytes(WeightSource model) {
        return model.names().stream().mapToLong(model::storedBytes).sum();
    }

    private static String pretty(ObjectNode facts) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
    }
}
