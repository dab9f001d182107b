package dev.paddock.local.suite;

import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.Preflight;
import dev.paddock.local.home.Secrets;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import dev.paddock.local.home.UserError;
import java.time.Duration;
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

    /** Completes the home and chooses the ports; what is not as it must be is an error with the way out. */
    private void prepare() {
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
        Started started = launchUnlessThere(progress);
        if (!started.ours()) {
            await(started.process(), progress);
            return;
        }
        ExitHook interrupted = new ExitHook("start-interrupted", started.process()::destroy);
        try (interrupted) {
            await(started.process(), progress);
        }
    }

    /**
     * Starts the suite, stays until it ends and stops it in order when this process is told to end.
     *
     * @return 0 after an orderly stop, 1 when the suite ended by itself
     */
    public int attend(Consumer<String> progress) {
        Started started = launchUnlessThere(progress);
        if (!started.ours()) {
            throw new UserError("the suite of " + home.root() + " is already running. Stop it with: paddock stop");
        }
        ProcessHandle suite = started.process();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(suite), "suite-stop"));
        await(suite, progress);
        progress.accept("healthy; Ctrl-C stops it");
        suite.onExit().join();
        boolean orderly = SuiteState.recorded(home)
                .filter(state -> state.phase() == Phase.STOPPING)
                .isPresent();
        progress.accept(
                orderly
                        ? "stopped"
                        : "the suite ended by itself; its log is " + home.logs().resolve("suite.log"));
        return orderly ? 0 : 1;
    }

    /** The suite's process and whether this start launched it. */
    private record Started(ProcessHandle process, boolean ours) {}

    private Started launchUnlessThere(Consumer<String> progress) {
        home.create();
        StartLock lock = StartLock.of(home, STOP_LIMIT.multipliedBy(2));
        try (lock) {
            Optional<ProcessHandle> known = running();
            if (known.isPresent() && isEnding()) {
                progress.accept("waiting until the suite before has ended (process "
                        + known.get().pid() + ")");
                awaitEnd(known.get());
            } else if (known.isPresent()) {
                progress.accept(
                        "the suite is already there (process " + known.get().pid() + ")");
                return new Started(known.get(), false);
            }
            prepare();
            return new Started(SuiteLaunch.of(home), true);
        }
    }

    private boolean isEnding() {
        return SuiteState.recorded(home)
                .filter(state -> state.phase() == Phase.STOPPING || state.phase() == Phase.FAILED)
                .isPresent();
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

    /** Stops the suite in order, or the database that a killed suite left; says what was stopped, empty when nothing ran. */
    public Optional<String> stop() {
        Optional<ProcessHandle> suite = running();
        if (suite.isEmpty()) {
            return EmbeddedPostgreSql.stopOrphan(home.postgresql())
                    .map(process -> "stopped the PostgreSQL of a killed suite (process " + process + ")");
        }
        end(suite.get());
        return Optional.of("stopped");
    }

    private void end(ProcessHandle suite) {
        suite.destroy();
        awaitEnd(suite);
    }

    private void awaitEnd(ProcessHandle suite) {
        long limit = System.nanoTime() + STOP_LIMIT.toNanos();
        while (suite.isAlive()) {
            if (System.nanoTime() > limit) {
                throw new UserError("process " + suite.pid() + " does not stop; its log is "
                        + home.logs().resolve("suite.log") + ". 'kill -9' ends it, and the next start recovers.");
            }
            pause();
        }
    }
}
