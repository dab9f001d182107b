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
import org.junit.jupiter.params.provider.ValueSource;
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
            rows.add(loss.equals("kto") ? judged(i) : PAIR.formatted(i));
        }
        return rows(rows.toArray(String[]::new));
    }

    private static String judged(int row) {
        String good = JUDGED.formatted(row, row % 2 == 0);
        return row % 2 == 0 ? good : good.replace("To hall %d.".formatted(row), "I do not know.");
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

    @ParameterizedTest
    @ValueSource(strings = {"dpo", "ipo", "simpo", "orpo", "kto"})
    void rewardsAreReportedOfEveryUpdateAndOfHeldOutRows(String loss) throws Exception {
        manyRows(loss);
        ObjectNode params = params(loss).put("validationRatio", 0.25).put("evalSteps", 2);
        Attempt attempt = new Runs(folder, "dpo", "lora", loss)
                .train(params.put("batchSize", 4), "out", new Attempt(Integer.MAX_VALUE), null);
        for (String set : List.of("", "validation_")) {
            List<Double> margins = attempt.metric(set + "rewards_margins");
            assertThat(last(margins)).as(set + "margin").isGreaterThan(margins.get(0));
            assertThat(last(attempt.metric(set + "rewards_chosen")) - last(attempt.metric(set + "rewards_rejected")))
                    .isCloseTo(last(margins), within(1e-12));
            List<Double> accuracies = attempt.metric(set + "rewards_accuracies");
            if (loss.equals("kto")) {
                assertThat(accuracies).as("judged answers are no pairs").isEmpty();
            } else {
                assertThat(last(accuracies)).as(set + "accuracy").isGreaterThanOrEqualTo(accuracies.get(0));
                assertThat(last(accuracies)).as(set + "accuracy").isGreaterThanOrEqualTo(0.8);
                assertThat(accuracies).hasSameSizeAs(margins);
            }
            if (loss.equals("dpo") || loss.equals("ipo")) {
                assertThat(accuracies.get(0))
                        .as("an untrained model prefers nothing")
                        .isZero();
            }
        }
        assertThat(attempt.metric("rewards_chosen").size()).isLessThanOrEqualTo(attempt.losses.size());
        assertThat(attempt.metric("validation_rewards_margins")).hasSameSizeAs(attempt.metric("validation_loss"));
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    /** The loss of one pair is a function of its margin alone. */
    @ParameterizedTest
    @CsvSource({"dpo,0", "simpo,0.25"})
    void theMarginOfAnUpdateOfOnePairGivesItsLoss(String loss, double gamma) throws Exception {
        manyRows(loss);
        ObjectNode params =
                params(loss).put("batchSize", 1).put("packing", false).put("epochs", 1);
        Attempt attempt = new Runs(folder, "dpo", "lora", loss)
                .train(loss.equals("simpo") ? params.put("gamma", gamma) : params, "out", new Attempt(100), null);
        List<Double> margins = attempt.metric("rewards_margins");
        assertThat(margins).hasSize(24).hasSameSizeAs(attempt.losses);
        for (int i = 0; i < margins.size(); i++) {
            double expected = Math.log1p(Math.exp(gamma - margins.get(i)));
            assertThat(attempt.losses.get(i)).as("update %d", i + 1).isCloseTo(expected, within(1e-9));
        }
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
