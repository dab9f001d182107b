package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Every adapter with every objective over the tiny model: it learns, repeats itself, and goes on to the same bytes. */
class EveryPairTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    static Stream<Arguments> pairs() {
        TrainingCatalogue catalogue = TrainingCatalogue.load();
        return catalogue.adapters().ids().stream().flatMap(adapter -> catalogue.objectives().ids().stream()
                .map(objective -> Arguments.of(adapter, objective)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("pairs")
    void theSameSeedGivesTheSameLossesAndAResumedRunTheSameBytes(String adapter, String objective) throws Exception {
        Runs.writeRows(folder, 24);
        Runs runs = new Runs(folder, "lora", adapter, objective);
        ObjectNode params = Runs.json("""
                {"epochs":2,"batchSize":1,"sequenceLength":160,"learningRate":0.001,"checkpointEvery":4,"precision":"fp32"}
                """);
        if (!adapter.equals("full")) {
            params.put("r", 4).put("dropout", 0.1);
        }
        Attempt whole = runs.train(params, "whole", new Attempt(Integer.MAX_VALUE), null);
        int half = whole.losses.size() / 2;
        assertThat(mean(whole.losses.subList(half, whole.losses.size())))
                .isLessThan(mean(whole.losses.subList(0, half)));
        Attempt stopped = runs.train(params, "stopped", new Attempt(5), null);
        assertThat(stopped.lines).contains("stopped");
        assertThat(stopped.losses).isEqualTo(whole.losses.subList(0, 5));
        Attempt resumed = runs.train(params, "resumed", new Attempt(Integer.MAX_VALUE), stopped.checkpoint);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(4, whole.losses.size()));
        try (Stream<Path> files = Files.list(folder.resolve("whole"))) {
            for (Path file : files.toList()) {
                assertThat(folder.resolve("resumed").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
