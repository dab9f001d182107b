package dev.paddock.local.suite;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The suite's own process, in a session of its own where the system can make one. */
final class SuiteLaunch {
    /** Five services' code fills the 48 MB that this compiler has of itself, and it then throws code away that is run. */
    private static final String CODE_CACHE = "-XX:ReservedCodeCacheSize=128m";

    private SuiteLaunch() {}

    /** Launches the suite of a home that is ready, and records its process before it does so itself. */
    static ProcessHandle of(Home home) {
        Path log = home.logs().resolve("suite.log");
        ProcessBuilder builder = new ProcessBuilder(command(home))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().put("PADDOCK_HOME", home.root().toString());
        try {
            ProcessHandle suite = builder.start().toHandle();
            SuiteState.of(suite, Phase.STARTING, "").record(home);
            return suite;
        } catch (IOException e) {
            throw new UserError("cannot start the suite's process: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Home home) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                CODE_CACHE,
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + home.emptyTemporary(),
                "-cp",
                System.getProperty("java.class.path"),
                SuiteMain.class.getName()));
        return command;
    }
}
