package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
    @TempDir
    private Path folder;

    @Test
    void queryRowsStandInHuggingFaceOrder() throws IOException {
        try (WeightSource weights = ModelFiles.open(file(GgufWriter.tinyModel().bytes()))) {
            String name = "model.layers.0.self_attn.q_proj.weight";
            assertThat(weights.info(name).shape()).isEqualTo(List.of(8L, 8L));
            FloatBuffer numbers = FloatBuffer.allocate(64);
            weights.read(name, numbers);
            List<Integer> rows = List.of(0, 2, 1, 3, 4, 6, 5, 7);
            FloatBuffer raw = weights.raw(name).asFloatBuffer();
            for (int row = 0; row < 8; row++) {
                assertThat(numbers.get(row * 8)).isEqualTo(rows.get(row) * 8f);
                assertThat(raw.get(row * 8)).isEqualTo(rows.get(row) * 8f);
            }
            FloatBuffer two = FloatBuffer.allocate(16);
            weights.readRows(name, 1, 2, two);
            assertThat(two.get(0)).isEqualTo(16f);
            assertThat(two.get(8)).isEqualTo(8f);
        }
    }

    @Test
    void shapeComesFromTheMetadata() throws IOException {
        try (WeightSource weights = ModelFiles.open(file(GgufWriter.tinyModel().bytes()))) {
            assertThat(weights.config().tiedEmbeddings()).isTrue();
            assertThat(weights.config().normEpsilon()).isEqualTo(1e-5);
            assertThat(weights.names()).hasSize(11).contains("model.embed_tokens.weight", "model.norm.weight");
        }
    }

    @Test
    void divisorsOfFrequenciesAreRead() throws IOException {
        byte[] file = GgufWriter.tinyModel().tensor("rope_freqs.weight", 2).bytes();
        try (WeightSource weights = ModelFiles.open(file(file))) {
            assertThat(weights.config().inverseFrequencies(1)[1]).isEqualTo(0.01f);
            assertThat(weights.names()).hasSize(11);
        }
    }

    @Test
    void refusesLies() {
        GgufWriter one = new GgufWriter().text("a", "b");
        refused(one.bytes(1L << 60, 1), "count of tensors is " + (1L << 60));
        refused(one.bytes(0, 1L << 50), "count of keys is " + (1L << 50));
        refused(one.bytes(-1, 1), "below 2^63");
        refused(new GgufWriter().integer("a", 1).integer("a", 1).bytes(), "stands twice");
        refused(new GgufWriter().rawTensor("t", 0, 0, 1 << 20).bytes(), "takes 4194304 bytes");
        refused(new GgufWriter().rawTensor("t", 0, 1, 1).tensor("u", 8).bytes(), "multiple of 32");
        refused(new GgufWriter().rawTensor("t", 0, 0, 1).tensor("u", 8).bytes(), "the one before ends");
        refused(new GgufWriter().rawTensor("t", 2, 0, 31).bytes(), "31 columns");
        refused(new GgufWriter().rawTensor("t", 99, 0, 1).bytes(), "type 99");
        refused(new GgufWriter().rawTensor("t", 0, 0, 1L << 40, 1L << 40).bytes(), "63 bits");
        refused(new GgufWriter().rawTensor("t", 0, 0).bytes(), "0 dimensions");
        refused(new byte[] {'G', 'G', 'M', 'L'}, "must begin with GGUF");
        refused(new byte[] {'G', 'G'}, "goes on at byte");
    }

    @Test
    void refusesAnUnreadTypeByName() {
        byte[] file = new GgufWriter().rawTensor("t", 13, 0, 256).bytes();
        assertThatThrownBy(() -> Gguf.open(file(file)))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("Q5_K");
    }

    @Test
    void refusesAMissingTensorAndAStrangeOne() {
        assertThatThrownBy(() -> ModelFiles.open(file(GgufWriter.tinyModel()
                        .integer("llama.rope.dimension_count", 4)
                        .tensor("blk.0.attn_q_norm.weight", 4)
                        .bytes())))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("attn_q_norm");
        byte[] twoLayers =
                GgufWriter.tinyModel().tensor("blk.1.attn_norm.weight", 8).bytes();
        assertThatThrownBy(() -> ModelFiles.open(file(twoLayers)))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("model.layers.1");
    }

    private void refused(byte[] file, String rule) {
        assertThatThrownBy(() -> Gguf.open(file(file)))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining(rule);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some.gguf"), bytes);
    }
}
