package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Preferences over the tiny model: some dozens of rows, each loss by its name. */
class DpoTest {
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

    private static ObjectNode params(String loss) {
        ObjectNode params = Runs.json("""
                {"r":4,"epochs":3,"batchSize":2,"sequenceLength":160,"learningRate":0.002,"checkpointEvery":4,
                 "precision":"fp32"}""");
        return loss.equals("orpo") ? params : params.put("beta", 0.5);
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

    private Attempt train(String loss, String name, Attempt attempt, @Nullable Path checkpoint) {
        return new Runs(folder, "dpo", "lora", loss).train(params(loss), name, attempt, checkpoint);
    }

    @Test
    void anotherLossIsAnotherRun() throws Exception {
        manyRows("dpo");
        Attempt stopped = train("dpo", "stopped", new Attempt(6), null);
        assertThat(train("ipo", "other", new Attempt(1), stopped.checkpoint).lines)
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
        manyRows("dpo");
        train("dpo", "ended", attempt, null);
        assertThat(attempt.lines).contains("stopped");
    }

    @Test
    void rowsThatLackAFieldEndTheJobWithItsName() throws Exception {
        String sft = JUDGED.formatted(2, true).replace(",\"label\":true", "");
        assertRefused("dpo", rows(PAIR.formatted(1), sft), "row 2: lacks rejected");
        assertRefused("orpo", rows(PAIR.formatted(1).replace("chosen", "better")), "row 1: lacks chosen");
        assertRefused("kto", rows(JUDGED.formatted(1, true), JUDGED.formatted(3, false), sft), "row 3: lacks label");
        assertRefused(
                "kto", rows(JUDGED.formatted(1, true).replace("true", "1")), "row 1: label must be true or false");
        assertRefused("ipo", rows(PAIR.formatted(1).replace("\"To hall 1.\"", "7")), "row 1: chosen must be a text");
        assertRefused("kto", rows(JUDGED.formatted(1, true), JUDGED.formatted(1, false)), "different prompts");
    }

    private void assertRefused(String loss, Path rows, String message) {
        assertThat(rows).exists();
        assertThatThrownBy(() -> train(loss, "refused", new Attempt(1), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theChosenAnswerMayBeTheLastMessage() throws Exception {
        Path rows = manyRows("dpo");
        Attempt apart = train("dpo", "apart", new Attempt(Integer.MAX_VALUE), null);
        Files.writeString(
                rows,
                Files.readString(rows)
                        .replaceAll("\\}\\],\"chosen\":(\"[^\"]*\"),", "},{\"role\":\"assistant\",\"content\":$1}],"));
        assertThat(train("dpo", "together", new Attempt(Integer.MAX_VALUE), null).losses)
                .isEqualTo(apart.losses);
    }

    @ParameterizedTest
    @CsvSource({"dpo,0.693147180559945", "ipo,1", "kto,0.5"})
    void anUntrainedModelIsTheReference(String loss, double expected) throws Exception {
        manyRows(loss);
        Attempt attempt = train(loss, "out", new Attempt(1), null);
        assertThat(attempt.losses.get(0)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void weightsThatLeaveNothingToLearnAreRefused() {
        ObjectNode params = Runs.json("{\"desirableWeight\":0,\"undesirableWeight\":0}");
        assertThatThrownBy(() -> new Runs(folder, "dpo", "lora", "kto").train(params, "refused", new Attempt(1), null))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("cannot both be 0");
    }

    @Test
    void aLossThatComparesNoAnswersIsRefusedWithTheOnesThatDo() {
        assertThatThrownBy(() -> TrainingCatalogue.load().compose("dpo", "lora", "sft"))
                .isInstanceOf(UnknownEntryException.class)
                .hasMessageContaining("'sft' is not a known objective")
                .hasMessageContaining("simpo");
    }
}
