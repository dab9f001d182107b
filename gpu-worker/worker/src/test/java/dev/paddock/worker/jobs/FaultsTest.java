package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.lease.TrainingOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the machine: they end the attempt with their cause, and the worker takes the next job. */
class FaultsTest {
    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();

    private JobRunner runner() throws IOException {
        return FaultyJob.runner(leases, folder);
    }

    private TrainingOrder order(String fault) throws IOException {
        return FaultyJob.order(folder, fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAP", "NATIVE"})
    void memoryThatIsRefusedEndsTheAttemptWithTheWayOut(String fault) throws IOException {
        runner().run(TinyJob.lease(order(fault), 1, null), () -> false);
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("out-of-memory");
            assertThat(failure.cause()).contains("gradientCheckpointing", "batchSize");
            assertThat(failure.retryable()).isTrue();
        });
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV"})
    void theNextProcessTellsOfTheAttemptThatTheFallenOneLeft(String signal) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:-CreateCoredumpOnCrash",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultyJob.class.getName(),
                        folder.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals("begun")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("begun");
            runner().reportFallen();
            assertThat(leases.failures).as("an attempt that runs").isEmpty();
            new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid()))
                    .start()
                    .waitFor();
            while (output.readLine() != null) {
                assertThat(child.toHandle().pid()).isPositive();
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        runner().reportFallen();
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("worker-fell");
            assertThat(failure.cause()).contains("attempt 1", "native code");
            assertThat(failure.fencingToken()).isEqualTo(1);
            assertThat(failure.retryable()).isTrue();
        });
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutALeaseIsOnlyCleared() throws IOException {
        Path half = Files.createDirectories(folder.resolve("jobs/job-half-1"));
        Files.writeString(half.resolve("lease.json"), "{\"jobId\":");
        runner().reportFallen();
        assertThat(leases.failures).isEmpty();
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }
}
