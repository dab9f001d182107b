package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Parameters;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Preferences over the tiny model: some dozens of rows, each loss by its name. */
class DpoTest {
    private static final Parameters<Dpo.Params> PARAMETERS = Parameters.of(Dpo.Params.class);
    private static final String PAIR = """
            {"messages":[{"role":"user","content":"Where does parcel %1$d go?"}],\
            "chosen":"To hall %1$d.","rejected":[{"role":"assistant","content":"I do not know."}]}
            """;
    private static final String JUDGED = """
            {"messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
            {"role":"assistant","content":"To hall %1$d."}],"label":%2$b}
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static Dpo.Params params(String loss) {
        return PARAMETERS.bind((ObjectNode) JsonMapper.shared().readTree("""
                {"loss":"%s","beta":0.5,"r":4,"dropout":0.1,"epochs":3,"batchSize":2,"sequenceLength":160,
                 "learningRate":0.002,"checkpointEvery":4,"precision":"fp32"}""".formatted(loss)));
    }

    private Path rows(String... rows) throws Exception {
        return Files.writeString(folder.resolve("train.jsonl"), String.join("", rows));
    }

    private Path manyRows(String loss) throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            rows.add(loss.equals("kto") ? JUDGED.formatted(i, i % 2 == 0) : PAIR.formatted(i));
        }
        return rows(rows.toArray(String[]::new));
    }

    private Attempt train(String loss, Path rows, String name, int steps, @Nullable Path checkpoint) {
        return train(loss, rows, name, new Attempt(steps), checkpoint);
    }

    private Attempt train(String loss, Path rows, String name, Attempt attempt, @Nullable Path checkpoint) {
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                rows,
                folder.resolve("checkpoints-" + name),
                checkpoint,
                folder.resolve(name),
                "sha256:base",
                1,
                Instant.EPOCH);
        try {
            new Dpo().train(params(loss), input, attempt);
        } catch (CancellationException e) {
            attempt.lines.add("stopped");
        }
        return attempt;
    }

    @ParameterizedTest
    @EnumSource(PreferenceLossName.class)
    void theSameSeedGivesTheSameLossesAndAResumedRunTheSameBytes(PreferenceLossName name) throws Exception {
        String loss = name.name().toLowerCase(java.util.Locale.ROOT);
        Path rows = manyRows(loss);
        Attempt whole = train(loss, rows, "whole", Integer.MAX_VALUE, null);
        assertThat(whole.losses.get(whole.losses.size() - 1)).isLessThan(whole.losses.get(0));
        Attempt stopped = train(loss, rows, "stopped", 6, null);
        assertThat(stopped.lines).contains("stopped");
        assertThat(stopped.losses).isEqualTo(whole.losses.subList(0, 6));
        Attempt resumed = train(loss, rows, "resumed", Integer.MAX_VALUE, stopped.checkpoint);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(4, whole.losses.size()));
        try (Stream<Path> files = Files.list(folder.resolve("whole"))) {
            for (Path file : files.toList()) {
                assertThat(folder.resolve("resumed").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void anotherLossIsAnotherRun() throws Exception {
        Path rows = manyRows("sigmoid");
        Attempt stopped = train("sigmoid", rows, "stopped", 6, null);
        assertThat(train("ipo", rows, "other", 1, stopped.checkpoint).lines)
                .anyMatch(line -> line.startsWith("begins anew: "));
    }

    @Test
    void theMeasuringOfTheReferenceCanBeEnded() throws Exception {
        int[] batches = {0};
        Attempt attempt = new Attempt(0) {
            @Override
            public void atWork() {
                if (++batches[0] == 3) {
                    throw new CancellationException("ended");
                }
            }

            @Override
            public void progressed(TrainingProgress progress) {
                throw new AssertionError("no step was to come");
            }
        };
        train("sigmoid", manyRows("sigmoid"), "ended", attempt, null);
        assertThat(attempt.lines).contains("stopped");
    }

    @Test
    void rowsThatLackAFieldEndTheJobWithItsName() throws Exception {
        String sft = JUDGED.formatted(2, true).replace(",\"label\":true", "");
        assertRefused("sigmoid", rows(PAIR.formatted(1), sft), "row 2: lacks rejected");
        assertRefused("orpo", rows(PAIR.formatted(1).replace("chosen", "better")), "row 1: lacks chosen");
        assertRefused("kto", rows(JUDGED.formatted(1, true), JUDGED.formatted(3, false), sft), "row 3: lacks label");
        assertRefused(
                "kto", rows(JUDGED.formatted(1, true).replace("true", "1")), "row 1: label must be true or false");
        assertRefused("ipo", rows(PAIR.formatted(1).replace("\"To hall 1.\"", "7")), "row 1: chosen must be a text");
        assertRefused("kto", rows(JUDGED.formatted(1, true), JUDGED.formatted(1, false)), "different prompts");
    }

    private void assertRefused(String loss, Path rows, String message) {
        assertThatThrownBy(() -> train(loss, rows, "refused", 1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theChosenAnswerMayBeTheLastMessage() throws Exception {
        Path rows = manyRows("sigmoid");
        Attempt apart = train("sigmoid", rows, "apart", Integer.MAX_VALUE, null);
        Files.writeString(
                rows,
                Files.readString(rows)
                        .replaceAll("\\}\\],\"chosen\":(\"[^\"]*\"),", "},{\"role\":\"assistant\",\"content\":$1}],"));
        assertThat(train("sigmoid", rows, "together", Integer.MAX_VALUE, null).losses)
                .isEqualTo(apart.losses);
    }

    @ParameterizedTest
    @CsvSource({"sigmoid,0.693147180559945", "ipo,1", "kto,0.5"})
    void anUntrainedModelIsTheReference(String loss, double expected) throws Exception {
        Dpo.Params params = PARAMETERS.defaults();
        assertThat(params.adapter().dropout()).isZero();
        ObjectNode order = PARAMETERS.write(params(loss)).put("dropout", 0).put("epochs", 1);
        Attempt attempt = new Attempt(1);
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                manyRows(loss),
                folder.resolve("checkpoints"),
                null,
                folder.resolve("out"),
                "sha256:base",
                1,
                Instant.EPOCH);
        assertThatThrownBy(() -> new Dpo().train(PARAMETERS.bind(order), input, attempt))
                .isInstanceOf(CancellationException.class);
        assertThat(attempt.losses.get(0)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void weightsThatLeaveNothingToLearnAreRefused() {
        assertThatThrownBy(() -> PARAMETERS.bind(
                        (ObjectNode) JsonMapper.shared().readTree("{\"desirableWeight\":0,\"undesirableWeight\":0}")))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("cannot both be 0");
    }

    /** Keeps what it hears, and stops after a number of steps. */
    private static class Attempt implements TrainingObserver {
        private final int steps;
        private final List<Double> losses = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private @Nullable Path checkpoint;

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
        public void checkpointed(int step, Path folder) {
            checkpoint = folder;
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }
}
