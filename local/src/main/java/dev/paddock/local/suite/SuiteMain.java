package dev.paddock.local.suite;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import java.util.concurrent.CountDownLatch;

/** The process that {@code paddock start} leaves running. */
public final class SuiteMain {
    private SuiteMain() {}

    /** Takes no arguments: the home is {@code PADDOCK_HOME}, its ports are recorded there. */
    public static void main(String[] arguments) {
        Home home = Home.fromEnvironment();
        System.exit(run(home));
    }

    /** Runs a suite until this process is told to stop; 0 after an orderly stop, 1 when it could not start. */
    private static int run(Home home) {
        Suite suite = new Suite();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home, suite, stopped), "suite-stop"));
        try {
            record(home, Phase.STARTING, "");
            Ports ports = Ports.recorded(home).orElseThrow();
            suite.start(home, ports, part -> record(home, Phase.STARTING, part));
            record(home, Phase.RUNNING, "");
            stopped.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (Throwable e) {
            record(home, Phase.FAILED, rootMessage(e));
            org.slf4j.LoggerFactory.getLogger(SuiteMain.class).error("the suite did not start", e);
            return 1;
        }
    }

    private static void stop(Home home, Suite suite, CountDownLatch stopped) {
        if (SuiteState.recorded(home).map(SuiteState::phase).orElse(Phase.STARTING) != Phase.FAILED) {
            record(home, Phase.STOPPING, "");
        }
        suite.close();
        stopped.countDown();
    }

    private static void record(Home home, Phase phase, String detail) {
        SuiteState.ofThisProcess(phase, detail).record(home);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root instanceof RuntimeException && root.getMessage() != null ? root.getMessage() : root.toString();
    }
}
