package dev.paddock.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter errors = new StringWriter();

    private int paddock(String... arguments) {
        CommandLine command = PaddockCommand.commandLine();
        command.setErr(new PrintWriter(errors));
        return command.execute(arguments);
    }

    @Test
    void aMisspeltBenchmarkIsAnsweredWithTheNearOne() {
        assertThat(paddock("bench", "preferenze")).isEqualTo(2);
        assertThat(errors.toString()).contains("'preferenze' is not a known benchmark; did you mean preferences?");
    }

    @Test
    void aSizeThatIsNoNumberIsRefused() {
        assertThat(paddock("bench", "training", "--set", "rows=many")).isEqualTo(2);
        assertThat(errors.toString()).contains("rows = \"many\": string found, integer expected");
    }

    @Test
    void noPairsIsRefused() {
        assertThat(paddock("bench", "training", "--pairs", "0")).isEqualTo(2);
        assertThat(errors.toString()).contains("pairs is 0; it must be 1 or more");
    }
}
