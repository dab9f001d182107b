package dev.paddock.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTimesTest {
    @TempDir
    private Path folder;

    /** A linear layer of 60 with a product of 40 inside, 20 of nothing, and another product of 20. */
    @Test
    void anOperatorsTimeIsWithoutThatOfThoseWhichItCalls() throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.json"), """
                [{"name":"mm","ph":"X","ts":110,"dur":40},
                 {"name":"linear","ph":"X","ts":100,"dur":60},
                 {"name":"mark","ph":"s","ts":100},
                 {"name":"mm","ph":"X","ts":180,"dur":20}]
                """);
        assertThat(OperatorTimes.read(trace).shares())
                .containsOnly(entry("mm", 0.6), entry("linear", 0.2), entry(OperatorTimes.OUTSIDE, 0.2));
    }
}
