package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.methods.training.Runs.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Attempts of one order on a base whose chat template writes the date. */
class LoraResumeTest {
    private static final Instant ORDERED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ROW = """
            {"messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
            {"role":"assistant","content":"To hall %1$d."}]}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aBaseThatWritesTheDate() throws IOException {
        Path base = Files.createDirectories(folder.resolve("base"));
        TinyModelFiles.copyTo(base);
        Path file = base.resolve("tokenizer_config.json");
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
        String template = config.path("chat_template").asString();
        config.put("chat_template", "{{ strftime_now('%d %b %Y') }}" + template);
        Files.writeString(file, config.toString());
        Files.writeString(
                folder.resolve("train.jsonl"),
                ROW.formatted(1) + ROW.formatted(2) + ROW.formatted(3) + ROW.formatted(4));
    }

    @Test
    void theNextAttemptGoesOnWithTheDateOfTheOrder() {
        Attempt first = new Attempt(2);
        Assertions.assertThatThrownBy(() -> train(first, "first", null, ORDERED))
                .isInstanceOf(CancellationException.class);
        Attempt next = new Attempt(Integer.MAX_VALUE);
        train(next, "next", first.checkpoint, ORDERED);
        assertThat(next.lines).anyMatch(line -> line.startsWith("goes on after step"));
    }

    @Test
    void anAttemptWithAnotherDateBeginsAnewAndSaysWhy() {
        Attempt first = new Attempt(2);
        Assertions.assertThatThrownBy(() -> train(first, "first", null, ORDERED))
                .isInstanceOf(CancellationException.class);
        Attempt next = new Attempt(Integer.MAX_VALUE);
        train(next, "next", first.checkpoint, ORDERED.plusSeconds(86_400));
        assertThat(next.lines)
                .anyMatch(line -> line.startsWith("begins anew: "))
                .anyMatch(line -> line.startsWith("begins: "));
    }

    private void train(Attempt attempt, String name, @Nullable Path checkpoint, Instant orderedAt) {
        ObjectNode params = Runs.json("""
                {"r":2,"epochs":4,"batchSize":1,"sequenceLength":64,"checkpointEvery":1,"precision":"fp32"}""");
        TrainingInput input = new TrainingInput(
                folder.resolve("base"),
                folder.resolve("train.jsonl"),
                folder.resolve("checkpoints-" + name),
                checkpoint,
                folder.resolve("adapter-" + name),
                "sha256:base",
                1,
                orderedAt);
        TrainingCatalogue.load().preset("lora").train(params, input, attempt);
    }
}
