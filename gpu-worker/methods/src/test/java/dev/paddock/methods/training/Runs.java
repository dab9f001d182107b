package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs of composed methods over the tiny model, in a folder of their own. */
final class Runs {
    /** Rows that every objective reads: an answer with its label, a rejected one, and a source. */
    private static final String ROW = """
        {"messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
        {"role":"assistant","content":"To hall %1$d."}],"rejected":"I do not know.","label":%2$b,"source":"%3$s"}
        """;

    private static final TrainingCatalogue CATALOGUE = TrainingCatalogue.load();

    private final Path folder;
    private final String method;
    private final String adapter;
    private final String objective;

    Runs(Path folder, String method, String adapter, String objective) {
        this.folder = folder;
        this.method = method;
        this.adapter = adapter;
        this.objective = objective;
    }

    /** Rows in the folder, every fourth one judged bad and every third one general text. */
    static void writeRows(Path folder, int count) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(ROW.formatted(i, i % 4 != 0, i % 3 == 0 ? "general" : "domain"));
        }
        Files.writeString(folder.resolve("train.jsonl"), rows);
    }

    /** Texts of the tiny model's corpus in the folder, each a row, and those texts. */
    static List<String> writeDocuments(Path folder, int count) throws IOException {
        List<String> texts = Corpus.documents(count, 3).stream()
                .map(text -> text.replaceAll("<\\|\\w+\\|>", "\n").strip())
                .toList();
        StringBuilder rows = new StringBuilder();
        texts.forEach(text -> rows.append(JsonMapper.shared().createObjectNode().put("text", text))
                .append('\n'));
        Files.writeString(folder.resolve("train.jsonl"), rows);
        return texts;
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    /** Trains until the end or until the attempt stops itself. */
    Attempt train(ObjectNode params, String name, Attempt attempt, @Nullable Path checkpoint) {
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                folder.resolve("train.jsonl"),
                folder.resolve("checkpoints-" + name),
                checkpoint,
                folder.resolve(name),
                "sha256:base",
                1,
                Instant.EPOCH,
                sources());
        try {
            CATALOGUE.compose(method, adapter, objective).train(params, input, attempt);
        } catch (CancellationException e) {
            attempt.lines.add("stopped");
        }
        return attempt;
    }

    /** As many adapters of the tiny model as the method asks for, each trained on the rows with a seed of its own. */
    private List<TrainingInput.Source> sources() {
        int count = CATALOGUE.methods().get(method).implementation().sources().fewest();
        List<TrainingInput.Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "source-" + i;
            if (!Files.isDirectory(folder.resolve(name))) {
                trainSource(name, i);
            }
            sources.add(new TrainingInput.Source(name, folder.resolve(name), "sha256:base", 1));
        }
        return sources;
    }

    private void trainSource(String name, long seed) {
        ObjectNode params =
                json("{\"r\":2,\"epochs\":1,\"sequenceLength\":160,\"learningRate\":0.01,\"precision\":\"fp32\"}");
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                folder.resolve("train.jsonl"),
                folder.resolve("checkpoints-" + name),
                null,
                folder.resolve(name),
                "sha256:base",
                seed,
                Instant.EPOCH);
        CATALOGUE.preset("lora").train(params, input, new Attempt(Integer.MAX_VALUE));
    }

    /** Two runs left the same files with the same bytes. */
    void assertSameFiles(String expected, String actual) throws IOException {
        Path whole = folder.resolve(expected);
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(folder.resolve(actual).resolve(whole.relativize(file)))
                        .as(actual)
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    /** Keeps what it hears, and stops after a number of steps. */
    static class Attempt implements TrainingObserver {
        final List<Double> losses = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        private final Map<String, List<Double>> metrics = new HashMap<>();
        private final int steps;

        @Nullable Path checkpoint;

        Attempt(int steps) {
            this.steps = steps;
        }

        @Override
        public void progressed(TrainingProgress progress) {
            if (progress.step() > steps) {
                throw new CancellationException("stopped");
            }
            losses.add(progress.loss());
        }

        @Override
        public void metric(int step, String name, double value) {
            metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }

        /** Values of a metric in their order. */
        List<Double> metric(String name) {
            return metrics.getOrDefault(name, List.of());
        }

        @Override
        public void checkpointed(int step, Path written) {
            checkpoint = written;
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }
}
