package dev.paddock.llama.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kernels.CacheType;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.training.InitialWeights;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            names = {"Q4_0", "Q4_1", "Q8_0", "Q6_K", "NF4", "BF16", "F32"})
    void aSmallModelHasTheKindsOfTheLargeOne(TensorType type) {
        WeightSource model = new Typed(new InitialWeights(config(64), 1), type);
        SmallModel small = SmallModel.like(model);
        assertThat(small.names()).isSubsetOf(model.names());
        assertThat(small.info("model.layers.0.mlp.down_proj.weight").type()).isEqualTo(type);
        runs(small);
        new WarmUp(model, DenseKind.BF16, CacheType.INT8).run();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 80, 96, 128})
    void headsOfAnySizeFillBlocks(int headSize) {
        runs(SmallModel.like(new Typed(new InitialWeights(config(headSize), 1), TensorType.Q4_0)));
    }

    private static void runs(SmallModel small) {
        try (VectorExecutor executor = new VectorExecutor(small, DenseKind.FP32, 1)) {
            StepInput input = new StepInput(executor.open(null, 2), new int[] {1, 2}, true, null);
            List<StepOutput> outputs = executor.run(List.of(input));
            assertThat(outputs.get(0).answers().get(0)).hasSize(small.config().vocabularySize());
        }
    }

    private static LlamaConfig config(int headSize) {
        return new LlamaConfig(
                1000,
                6 * headSize,
                1024,
                3,
                6,
                2,
                headSize,
                1e-5,
                10_000,
                new RopeScaling.None(),
                256,
                false,
                true,
                true,
                OptionalInt.empty(),
                List.of());
    }

    /** A model whose matrices are said to be of a type. */
    private record Typed(WeightSource model, TensorType type) implements WeightSource {
        @Override
        public LlamaConfig config() {
            return model.config();
        }

        @Override
        public Set<String> names() {
            return model.names();
        }

        @Override
        public TensorInfo info(String name) {
            TensorInfo info = model.info(name);
            return info.shape().size() == 1 ? info : new TensorInfo(type, info.shape());
        }

        @Override
        public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
            model.readRows(name, firstRow, rows, destination);
        }

        @Override
        public ByteBuffer raw(String name) {
            return model.raw(name);
        }

        @Override
        public void close() {}
    }
}
