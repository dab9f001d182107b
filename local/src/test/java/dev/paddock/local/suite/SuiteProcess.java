package dev.paddock.local.suite;

import dev.paddock.local.cli.PaddockCommand;
import dev.paddock.local.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code paddock} command in a JVM of its own, for one home.
 *
 * @param log takes what is not read
 * @param javaOptions of all processes, before their own; empty for none
 */
record SuiteProcess(Home home, Path log, int port, String javaOptions) {
    private static final String TEST_LIBRARIES =
            ".*/(test-kit|io/kubernetes|com/squareup|com/tngtech|com/knuddels|dev/langchain4j|org/junit|org/assertj)/.*";

    SuiteProcess(Home home, Path log, int port) {
        this(home, log, port, "");
    }

    /** Runs a command to its end; its exit code. */
    int run(String... arguments) throws IOException, InterruptedException {
        return builder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    /** Launches a command whose output the caller reads. */
    Process launch(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                PaddockCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("PADDOCK_HOME", home.root().toString());
        environment.put("PADDOCK_PORT", String.valueOf(port));
        if (!javaOptions.isEmpty()) {
            environment.put("JDK_JAVA_OPTIONS", javaOptions);
        }
        environment.put(
                "PADDOCK_CHECKOUT", Path.of("..").toAbsolutePath().normalize().toString());
        return builder;
    }

    /** What the suite runs with, without what only tests need. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(TEST_LIBRARIES) && !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
