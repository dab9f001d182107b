package dev.paddock.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PaddockCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private int paddock(String... arguments) {
        CommandLine command = PaddockCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }

    @Test
    void everyCommandHasHelp() {
        List<List<String>> commands = new ArrayList<>();
        collect(PaddockCommand.commandLine(), List.of(), commands);
        assertThat(commands).hasSizeGreaterThan(15).allSatisfy(path -> {
            out.getBuffer().setLength(0);
            List<String> arguments = new ArrayList<>(path);
            arguments.add("--help");
            assertThat(paddock(arguments.toArray(String[]::new))).isZero();
            assertThat(out.toString()).contains("Usage: " + String.join(" ", prefixed(path)));
        });
    }

    private static List<String> prefixed(List<String> path) {
        List<String> whole = new ArrayList<>(List.of("paddock"));
        whole.addAll(path);
        return whole;
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        found.add(path);
        command.getSubcommands().forEach((name, child) -> {
            if (!name.equals("help")) {
                List<String> deeper = new ArrayList<>(path);
                deeper.add(name);
                collect(child, deeper, found);
            }
        });
    }

    @Test
    void aStoppedSuiteIsThree() {
        assertThat(Path.of(".paddock")).as("the home of this folder").doesNotExist();
        assertThat(paddock("status")).isEqualTo(3);
        assertThat(out.toString()).startsWith("stopped");
        assertThat(paddock("status", "--json")).isEqualTo(3);
        assertThat(out.toString()).contains("\"alive\":false");
    }

    @Test
    void aFileThatCannotBeWrittenInTheEndIsRefusedFirst() {
        Path file = folder.resolve("none/report.json");
        assertThat(paddock("demo", "--report", file.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("--report " + file + ": there is no folder " + file.getParent());
        assertThat(paddock("bench", "training", "--json", folder.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("--json " + folder + " is a folder");
        assertThat(Files.exists(Path.of(".paddock"))).isFalse();
    }
}
