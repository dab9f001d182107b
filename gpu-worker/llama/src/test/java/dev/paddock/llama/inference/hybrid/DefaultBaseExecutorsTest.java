package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kernels.Products;
import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the default base: what vectors answer, libtorch answers on the same weights, and both in turn where a prompt is read in one and answered in the other. */
class DefaultBaseExecutorsTest {
    /** 200 take twenty minutes on two cores. */
    private static final int PROMPTS = Integer.getInteger("paddock.prompts", 40);

    private static final int NEW_TOKENS = 64;
    /** Answers whose logits fit in a test's memory, of two executors. */
    private static final int TOGETHER = 20;

    @TempDir
    private Path folder;

    /** In bfloat16 libtorch rounds what goes from product to product, and the kernels do not. */
    @ParameterizedTest(name = "{0} computed in {1}")
    @CsvSource({"F32,FP32,0,1e-4", "Q8_0,FP32,0.05,1e-3", "Q4_1,FP32,0.05,1e-3", "Q4_0,FP32,0.05,1e-3", "Q4_0,BF16,1,1"
    })
    void executorsAgree(GgufType type, DenseKind kind, double mostPart, double nearTie) {
        Path file = DefaultBase.as(type, folder);
        List<int[]> prompts = GreedyAnswer.prompts(file, PROMPTS, prompt -> 6 + prompt % 20);
        try (WeightSource source = ModelFiles.open(file);
                VectorExecutor few = new VectorExecutor(source, kind, 2);
                LibtorchExecutor many = new LibtorchExecutor(few.config(), few.sharedWeights(), false)) {
            Executor both = new HybridExecutor(many, few, Products.MOST_ROWS);
            List<Double> apart = new ArrayList<>();
            List<Double> handedOver = new ArrayList<>();
            for (int first = 0; first < PROMPTS; first += TOGETHER) {
                List<int[]> batch = prompts.subList(first, first + TOGETHER);
                List<GreedyAnswer> inVectors = answers(few, batch);
                apart.addAll(distances(inVectors, answers(many, batch)));
                handedOver.addAll(distances(inVectors, answers(both, batch)));
            }
            System.out.printf(
                    "%s in %s: of %d answers %d part in libtorch %s, %d where the prompt was read there %s%n",
                    type, kind, PROMPTS, apart.size(), apart, handedOver.size(), handedOver);
            for (List<Double> distances : List.of(apart, handedOver)) {
                assertThat(distances).hasSizeLessThanOrEqualTo((int) (mostPart * PROMPTS));
                assertThat(distances)
                        .allSatisfy(distance -> assertThat(distance).isLessThan(nearTie));
            }
        }
    }

    /** Answers made together, each prompt read at once. */
    private static List<GreedyAnswer> answers(Executor executor, List<int[]> prompts) {
        List<GreedyAnswer> answers = prompts.stream()
                .map(prompt -> new GreedyAnswer(executor, null, prompt, NEW_TOKENS, List.of()))
                .toList();
        for (int token = 0; token < NEW_TOKENS; token++) {
            GreedyAnswer.step(executor, answers, () -> NEW_TOKENS);
        }
        answers.forEach(GreedyAnswer::release);
        return answers;
    }

    private static List<Double> distances(List<GreedyAnswer> answers, List<GreedyAnswer> others) {
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).distance(others.get(i)).ifPresent(distances::add);
        }
        return distances;
    }
}
