package dev.paddock.worker.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledRowsTest {
    @TempDir
    Path folder;

    @Test
    void areEvenlyOverTheFileAndKnowTheirShare() throws Exception {
        Path rows = folder.resolve("train.jsonl");
        Files.write(rows, IntStream.range(0, 5000).mapToObj(i -> "row " + i).toList());
        try (SampledRows sample = SampledRows.of(rows)) {
            assertThat(Files.readAllLines(sample.file())).hasSize(1667).startsWith("row 0", "row 3", "row 6");
            assertThat(sample.share()).isCloseTo(1.0 / 3, within(1e-3));
        }
    }

    @Test
    void areAllOfAFewAndGoneAfterwards() throws Exception {
        Path rows = folder.resolve("train.jsonl");
        Files.write(rows, IntStream.range(0, 7).mapToObj(i -> "row " + i).toList());
        SampledRows sample = SampledRows.of(rows);
        assertThat(Files.readAllLines(sample.file())).hasSize(7);
        assertThat(sample.share()).isEqualTo(1);
        sample.close();
        assertThat(sample.file()).doesNotExist();
    }
}
