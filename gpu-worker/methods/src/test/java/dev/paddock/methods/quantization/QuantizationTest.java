package dev.paddock.methods.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every quantization method of the catalogue, from an order's parameters to a model that is measured. */
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class QuantizationTest {
    private static final String SHORT = "{\"sequenceLength\":64,\"calibrationSequences\":16,\"evaluationSequences\":8}";

    private static final String MEASURED = "{\"sequenceLength\":64,\"evaluationSequences\":8}";
    private static final String[] ALWAYS = {
        "bytes_after", "bytes_before", "tokens_per_second_after", "tokens_per_second_before"
    };

    @TempDir
    Path temporary;

    private final Path base = TinyModelFiles.folder();
    private final Map<String, Double> metrics = new TreeMap<>();
    private Path rows;

    @BeforeEach
    void texts() throws IOException {
        rows = temporary.resolve("train.jsonl");
        StringBuilder lines = new StringBuilder();
        for (String text : Corpus.documents(200, 3)) {
            lines.append(JsonMapper.shared().createObjectNode().put("text", text))
                    .append('\n');
        }
        Files.writeString(rows, lines);
    }

    @Test
    void everyMethodLeavesAModelWithItsMeasures() throws IOException {
        Catalogue<MergingMethod> methods = Catalogue.load(MergingMethod.class);
        int seen = 0;
        for (Item<MergingMethod> method : methods.items()) {
            if (!method.family().equals("quantization")) {
                continue;
            }
            String parameters = method.implementation().rows() == RowUse.OPTIONAL ? MEASURED : SHORT;
            Path output = run(method, parameters, rows);
            assertThat(metrics)
                    .hasSize(ALWAYS.length + 2)
                    .containsKeys(ALWAYS)
                    .containsKeys("perplexity_after", "perplexity_before");
            assertThat(metrics.get("perplexity_after"))
                    .as(method.id())
                    .isBetween(1.0, 1.1 * metrics.getOrDefault("perplexity_before", 0.0));
            assertThat(metrics.get("bytes_after"))
                    .as(method.id())
                    .isLessThan(0.55 * metrics.getOrDefault("bytes_before", 0.0));
            JsonNode facts = JsonMapper.shared().readTree(output.resolve("quantization.json"));
            assertThat(facts.path("perplexity_after").asDouble()).isEqualTo(metrics.get("perplexity_after"));
            assertThat(facts.path("tokens_per_second_before").asDouble()).isPositive();
            assertThat(facts.path("tokens_per_second_after").asDouble())
                    .isPositive()
                    .isEqualTo(metrics.get("tokens_per_second_after"));
            try (WeightSource written = ModelFiles.open(output)) {
                TensorType type =
                        written.info("model.layers.0.mlp.up_proj.weight").type();
                assertThat(type.name()).isEqualTo(facts.path("blocks").asString());
            }
            seen++;
        }
        assertThat(seen).isGreaterThanOrEqualTo(5);
    }

    @Test
    void roundingNeedsNoRowsAndOthersSayThatTheyDo() throws IOException {
        Path output = run(method("rtn"), "{\"bits\":3}", null);
        assertThat(output.resolve("model.gguf")).exists();
        assertThat(metrics).containsOnlyKeys(ALWAYS);
        assertThat(method("gptq").implementation().rows()).isEqualTo(RowUse.REQUIRED);
        assertThatThrownBy(() -> run(method("gptq"), "{}", null)).hasMessageContaining("there are no rows");
    }

    @Test
    void nf4LeavesAFolderThatNeedsNoOther() throws IOException {
        Path output = run(method("nf4"), "{}", null);
        assertThat(output)
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/tokenizer.json")
                .isDirectoryContaining("glob:**/model.safetensors");
        try (WeightSource written = ModelFiles.open(output)) {
            assertThat(written.info("model.embed_tokens.weight").type()).isEqualTo(TensorType.BF16);
            assertThat(written.info("model.layers.0.mlp.up_proj.weight").type()).isEqualTo(TensorType.NF4);
        }
    }

    @Test
    void tooFewRowsAreRefusedWithTheWayOut() throws IOException {
        Path few = Files.writeString(temporary.resolve("few.jsonl"), "{\"text\":\"a few words\"}\n");
        assertThatThrownBy(() -> run(method("awq"), "{}", few))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower sequenceLength or take more rows");
    }

    private static Item<MergingMethod> method(String id) {
        return Catalogue.load(MergingMethod.class).get(id);
    }

    @SuppressWarnings("unchecked") // the catalogue checked that Params is the method's own record
    private <P extends Record> Path run(Item<MergingMethod> method, String parameters, @Nullable Path texts)
            throws IOException {
        metrics.clear();
        Path output = Files.createTempDirectory(temporary, "output");
        P params = (P) method.parameters().bind((ObjectNode) JsonMapper.shared().readTree(parameters));
        MergingInput.Source source = new MergingInput.Source(new MergeSource("tiny", base, null), null, 1);
        MergingInput input = new MergingInput(base, List.of(source), texts, output, 1);
        ((MergingMethod<P>) method.implementation()).merge(params, input, new Measures());
        return output;
    }

    /** Keeps the metrics. */
    private final class Measures implements TrainingObserver {
        @Override
        public void progressed(TrainingProgress progress) {}

        @Override
        public void metric(int step, String name, double value) {
            metrics.put(name, value);
        }

        @Override
        public void checkpointed(int step, Path checkpoint) {}

        @Override
        public void log(String line) {}
    }
}
