package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.methods.training.TrainingCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdict on a job's rows is that of all its rows, though the worker looks at some of them before. */
class RefusedRowsTest {
    private static final String SHORT = "{\"batchSize\":1,\"sequenceLength\":96,\"epochs\":1}";

    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();

    private void run(String rows) throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder.resolve("store"));
        TrainingOrder order = TinyJob.order(store, folder, "lora", "sft", SHORT, rows);
        new JobRunner(leases, store, TrainingCatalogue.load(), folder.resolve("jobs"), "test")
                .run(TinyJob.lease(order, 1, null), () -> false);
    }

    private static String row(int number, String answer, String more) {
        return """
                {"messages":[{"role":"user","content":"Where does parcel %d go?"},{"role":"assistant","content":"%s"}]%s}
                """.formatted(number, answer, more);
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> row(number, "To hall " + number + ".", ""))
                .collect(Collectors.joining());
    }

    @Test
    void rowsOfWhichNoneIsLeftAreRefusedForGood() throws IOException {
        run(row(1, "To hall 1.", ",\"label\":false"));
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("order-refused");
            assertThat(failure.cause()).contains("there are no rows to train on");
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void aFaultIsNamedByItsRowInTheDataset() throws IOException {
        run(rows(3000) + row(1, "", "") + rows(999));
        assertThat(leases.failures).singleElement().satisfies(failure -> assertThat(failure.cause())
                .contains("row 3001: "));
    }
}
