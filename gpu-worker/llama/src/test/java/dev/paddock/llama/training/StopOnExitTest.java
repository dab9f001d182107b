package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class StopOnExitTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void aTerminatedTrainingEndsBetweenTwoStepsAndWithoutAFault() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessTraining.class.getName(),
                        folder.resolve("adapter").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader()) {
            List<String> begin = new ArrayList<>();
            while (!begin.contains("step 3")) {
                String line = output.readLine();
                assertThat(line).as("%s", begin).isNotNull();
                begin.add(line);
            }
            assertThat(child.toHandle().destroy()).isTrue();
            List<String> rest = output.lines().toList();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("%s", rest).isEqualTo(TERMINATED);
            assertThat(rest.get(rest.size() - 1)).startsWith("cancelled before step");
            assertThat(folder).isEmptyDirectory();
        } finally {
            child.destroyForcibly();
        }
    }
}
