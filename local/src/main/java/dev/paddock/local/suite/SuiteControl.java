package dev.paddock.local.suite;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.Preflight;
import dev.paddock.local.home.Secrets;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts, awaits and stops the suite's background process. */
public final class SuiteControl {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final Home home;

    public SuiteControl(Home home) {
        this.home = home;
    }

    /** Makes the home ready and chooses the ports; what is not as it must be is an error with the way out. */
    public void prepare() {
        home.create();
        Secrets.of(home);
        home.complete();
        Preflight.check(home);
        Ports.choose(home, Suite.PARTS).record(home);
    }

    public Optional<ProcessHandle> running() {
        return SuiteState.recorded(home).flatMap(SuiteState::process);
    }

    /** Starts the suite unless it runs, and returns when every part is healthy. */
    public void start(Consumer<String> progress) {
        Optional<ProcessHandle> known = running();
        ProcessHandle suite;
        if (known.isPresent()) {
            progress.accept("the suite is already there (process " + known.get().pid() + ")");
            suite = known.get();
        } else {
            prepare();
            suite = launch();
        }
        Thread interrupted = new Thread(suite::destroy, "start-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            await(suite, progress);
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
    }

    private ProcessHandle launch() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + home.emptyTemporary(),
                "-cp",
                System.getProperty("java.class.path"),
                SuiteMain.class.getName()));
        Path log = home.logs().resolve("suite.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().put("PADDOCK_HOME", home.root().toString());
        try {
            return builder.start().toHandle();
        } catch (IOException e) {
            throw new UserError("cannot start the suite's process: " + e.getMessage(), e);
        }
    }

    private void await(ProcessHandle suite, Consumer<String> progress) {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        Health health = new Health(home);
        String last = "";
        while (System.nanoTime() < limit) {
            Optional<SuiteState> state = SuiteState.recorded(home).filter(s -> s.pid() == suite.pid());
            String now = state.map(s -> s.phase() == Phase.RUNNING ? "waiting until every part is ready" : s.detail())
                    .orElse("");
            if (!now.isEmpty() && !now.equals(last)) {
                progress.accept(now);
                last = now;
            }
            if (state.map(s -> s.phase() == Phase.RUNNING).orElse(false)
                    && health.report().healthy()) {
                return;
            }
            if (!suite.isAlive()) {
                throw new UserError("the suite did not start"
                        + state.filter(s -> s.phase() == Phase.FAILED)
                                .map(s -> ": " + s.detail())
                                .orElse("")
                        + ". Its log is " + home.logs().resolve("suite.log"));
            }
            pause();
        }
        throw new UserError("the suite is not healthy after " + START_LIMIT.toMinutes()
                + " minutes; 'paddock status' names what is down, the logs are in " + home.logs());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }

    /** Stops the suite in order; true when there was one. */
    public boolean stop() {
        Optional<ProcessHandle> suite = running();
        if (suite.isEmpty()) {
            return false;
        }
        suite.get().destroy();
        long limit = System.nanoTime() + STOP_LIMIT.toNanos();
        while (suite.get().isAlive()) {
            if (System.nanoTime() > limit) {
                throw new UserError("process " + suite.get().pid() + " does not stop; its log is "
                        + home.logs().resolve("suite.log") + ". 'kill -9' ends it, and the next start recovers.");
            }
            pause();
        }
        return true;
    }
}
