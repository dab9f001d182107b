package dev.paddock.llama.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.quantization.posttraining.Perplexity;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what {@code benchmarks/reference/gguf_out.py} gives to llama.cpp: the tiny model (or {@code paddock.gguf.model}) as files of every
 * type, a random adapter by itself, and what our executor says with them; {@code -Dpaddock.gguf.out=FOLDER}.
 */
@EnabledIfSystemProperty(named = "paddock.gguf.out", matches = ".+")
class GgufOutTest {
    private static final List<String> QUESTIONS =
            List.of("Where is my parcel?", "Name a river.", "a  1984 b", "My card was stolen, what now?");
    private static final int LENGTH = 128;

    private final Path folder = Path.of(System.getProperty("paddock.gguf.out", "."));
    private final Path model = Path.of(
            System.getProperty("paddock.gguf.model", TinyModelFiles.folder().toString()));
    private final ObjectNode ours = JsonMapper.shared().createObjectNode();

    @Test
    void filesAndWhatWeSayWithThem() throws IOException {
        Files.createDirectories(folder);
        Path adapter = adapter();
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            for (GgufType type : GgufType.values()) {
                Path file = write(type.name().toLowerCase(Locale.ROOT), GgufFile.of(model, null, type));
                ours.withObject("perplexity").put(file.getFileName().toString(), perplexity(file, tokenizer));
            }
            write("adapter", GgufAdapterFile.of(model, adapter));
            Path merged = write("merged", GgufFile.of(model, adapter, GgufType.F32));
            say("f32.gguf", folder.resolve("f32.gguf"), tokenizer);
            say("merged.gguf", merged, tokenizer);
        }
        Files.writeString(folder.resolve("ours.json"), ours.toPrettyString());
        assertThat(folder.resolve("ours.json")).isNotEmptyFile();
    }

    private double perplexity(Path file, Tokenizer tokenizer) {
        List<int[]> sequences = sequences(tokenizer);
        ours.set("sequences", JsonMapper.shared().valueToTree(sequences));
        try (WeightSource source = ModelFiles.open(file)) {
            return Perplexity.of(source, sequences, () -> {});
        }
    }

    private static List<int[]> sequences(Tokenizer tokenizer) {
        int[] tokens = Corpus.documents(200, 5).stream()
                .flatMapToInt(text -> IntStream.of(tokenizer.encode(text)))
                .toArray();
        return IntStream.range(0, 8)
                .mapToObj(i -> Arrays.copyOfRange(tokens, i * LENGTH, (i + 1) * LENGTH))
                .toList();
    }

    private void say(String name, Path file, Tokenizer tokenizer) {
        try (WeightSource source = ModelFiles.open(file);
                Executor executor = new LibtorchExecutor(source, Precision.FP32)) {
            for (String question : QUESTIONS) {
                String text = "<|im_start|>user\n" + question + "<|im_end|>\n<|im_start|>assistant\n";
                int[] ids = tokenizer.encode(text);
                ObjectNode answer = ours.withArray("answers").addObject();
                answer.put("file", name).put("text", text);
                answer.set("ids", JsonMapper.shared().valueToTree(ids));
                answer.set("greedy", JsonMapper.shared().valueToTree(greedy(executor, ids)));
            }
        }
    }

    private static List<Integer> greedy(Executor executor, int[] ids) {
        List<Integer> said = new ArrayList<>();
        long sequence = executor.open(null, ids.length + 48);
        int[] next = ids;
        for (int i = 0; i < 48; i++) {
            float[] logits = executor.run(List.of(new StepInput(sequence, next, true, null)))
                    .get(0)
                    .logits();
            int best = 0;
            for (int id = 1; id < logits.length; id++) {
                best = logits[id] > logits[best] ? id : best;
            }
            said.add(best);
            next = new int[] {best};
        }
        executor.release(sequence);
        return said;
    }

    private Path adapter() throws IOException {
        Random random = new Random(4);
        Map<Target, Update> updates = new HashMap<>();
        Set<Projection> targets = Set.of(Projection.Q_PROJ, Projection.K_PROJ, Projection.DOWN_PROJ);
        try (WeightSource source = ModelFiles.open(model)) {
            for (Projection projection : targets) {
                float[] a = draw(random, 4 * projection.inputs(source.config()));
                float[] b = draw(random, 4 * projection.outputs(source.config()));
                updates.put(new Target(1, projection), new Update(4, projection == Projection.K_PROJ ? 3 : 2, a, b));
            }
        }
        Path peft = Files.createDirectories(folder.resolve("peft"));
        LoraSettings settings = new LoraSettings(4, 8, 0, targets, false);
        PeftAdapter.write(peft, settings, new LoraAdapter(updates), TinyModelFiles.NAME);
        return peft;
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.05f;
        }
        return values;
    }

    private Path write(String name, HuggingFaceFolder.Content content) throws IOException {
        Path file = folder.resolve(name + ".gguf");
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
        return file;
    }
}
