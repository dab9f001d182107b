package dev.paddock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {
    @TempDir
    private Path root;

    @Test
    void reportsAreFoundButNotInAHomeOfASuite() throws IOException {
        Path report = report("services/dataset/target/surefire-reports");
        report(".paddock/artifacts/surefire-reports");
        report("local/.paddock/surefire-reports");
        report("local/target/other");
        Files.createSymbolicLink(root.resolve("gone"), root.resolve("nowhere"));
        assertThat(SkippedTests.reports(root)).containsExactly(report);
    }

    private Path report(String folder) throws IOException {
        return Files.writeString(Files.createDirectories(root.resolve(folder)).resolve("TEST-a.xml"), "<testsuite/>");
    }
}
