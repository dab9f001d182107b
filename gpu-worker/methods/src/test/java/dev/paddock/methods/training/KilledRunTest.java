package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.Runs.Attempt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code kill -9} of a training process somewhere after a random step, and a new one that goes on from what it finds: it ends
 * in the bytes of a run that was never stopped. Every method always, every pair and setting with {@code -Dpaddock.kill=true}.
 */
class KilledRunTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    /** Every method that trains by gradients, as it presets adapter and objective. */
    @SuppressWarnings("rawtypes") // the catalogue's class literal has no type argument
    static Stream<Arguments> runs() {
        Stream<Arguments> methods = TrainingCatalogue.load().methods().items().stream()
                .filter(item -> item.implementation() instanceof GradientMethod<?>)
                .map(item -> Arguments.of(
                        item.id(),
                        item.implementation().adapter(),
                        item.implementation().objective(),
                        "{}"));
        return Boolean.getBoolean("paddock.kill")
                ? Stream.of(methods, pairs(), settings()).flatMap(Function.identity())
                : methods;
    }

    private static Stream<Arguments> pairs() {
        return EveryPairTest.pairs().map(pair -> Arguments.of("lora", pair.get()[0], pair.get()[1], "{}"));
    }

    /** What else a run keeps from step to step. */
    private static Stream<Arguments> settings() {
        return Stream.of(
                        "{'optimizer':'adamw-8bit'}",
                        "{'optimizer':'paged-adamw'}",
                        "{'optimizer':'adafactor'}",
                        "{'initialization':'pissa'}",
                        "{'phases':['general','domain']}",
                        "{'neftuneNoiseAlpha':5,'gradientAccumulation':2,'groupByLength':true}",
                        "{'validationRatio':0.2,'evalSteps':3,'loadBestModelAtEnd':true}",
                        "{'schedule':'wsd','gradientCheckpointing':true,'precision':'bf16'}")
                .map(more -> Arguments.of("lora", "lora", "sft", more.replace('\'', '"')));
    }

    @ParameterizedTest(name = "{0}: {1} with {2} and {3}")
    @MethodSource("runs")
    void aKilledRunGoesOnToTheSameBytes(String method, String adapter, String objective, String more) throws Exception {
        if (method.equals("from-scratch")) {
            Runs.writeDocuments(folder, 60);
        } else {
            Runs.writeRows(folder, 24);
        }
        Runs runs = new Runs(folder, method, adapter, objective);
        ObjectNode params = KilledRun.params(method, adapter, more);
        Attempt whole = runs.train(params, "whole", new Attempt(Integer.MAX_VALUE), null);
        int steps = whole.losses.size();
        int last = 2 + new Random().nextInt(steps - 2);
        kill(last, method, adapter, objective, more);

        Attempt resumed = new Attempt(Integer.MAX_VALUE);
        runs.train(params, "resumed", resumed, newest());
        assertThat(resumed.lines)
                .as("killed after step %d", last)
                .anyMatch(line -> line.startsWith("goes on after step"));
        assertThat(resumed.losses)
                .as("killed after step %d", last)
                .isEqualTo(whole.losses.subList(steps - resumed.losses.size(), steps));
        runs.assertSameFiles("whole", "resumed");
    }

    private void kill(int step, String... order) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KilledRun.class.getName(),
                                        folder.toString()),
                                Stream.of(order))
                        .toList())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader()) {
            StringBuilder heard = new StringBuilder();
            String line = output.readLine();
            while (line != null && !line.equals("step " + step)) {
                heard.append(line).append('\n');
                line = output.readLine();
            }
            assertThat(line).as("%s", heard).isNotNull();
            TimeUnit.MILLISECONDS.sleep(step % 5 * 7L);
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isEqualTo(128 + 9);
    }

    /** The newest checkpoint that is whole; one that was being written has no such name. */
    private Path newest() throws IOException {
        try (Stream<Path> checkpoints = Files.list(folder.resolve("checkpoints-killed"))) {
            return checkpoints
                    .filter(path -> String.valueOf(path.getFileName()).matches("step-\\d{8}"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
