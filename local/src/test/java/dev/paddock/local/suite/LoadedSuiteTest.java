package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.testkit.SseLoad;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real suite with many clients that stream from the tiny model, guarded, and hang up at random. */
class LoadedSuiteTest {
    private static final int CLIENTS = Integer.getInteger("paddock.load.clients", 200);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("paddock.load.seconds", 600));

    /** Times that all clients come at once before memory is looked at. */
    private static final int BURSTS = 4;

    private static final Duration BURST = TIME.dividedBy(10);

    private static final double MOST_GROWTH = 1.02;

    /** Heaps have touched all their pages, and are left out. */
    private static final String STEADY_HEAPS = "-Xms1g -XX:+AlwaysPreTouch";

    /** Applications that ask, each within its share of the slots. */
    private static final int KEYS = 4;

    @TempDir
    private Path folder;

    @BeforeEach
    void choose() {
        assumeTrue(
                Boolean.getBoolean("paddock.load"),
                "-Dpaddock.load=true, since it keeps a real suite under the load of 200 clients for 10 minutes");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void noSlotIsStuckAndNoMemoryIsLost() throws Exception {
        try (TinySuite suite = new TinySuite(folder, STEADY_HEAPS)) {
            List<HttpRequest> questions = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                questions.add(suite.question(suite.key("load-" + key)));
            }
            SuiteMemory memory = SuiteMemory.of(suite.home());
            for (int burst = 0; burst < BURSTS; burst++) {
                run(questions, BURST);
            }
            Map<String, Long> warm = memory.kilobytes();
            assertThat(run(questions, TIME).whole()).isGreaterThan(20L * CLIENTS);
            Map<String, Long> end = memory.kilobytes();

            System.out.println("VmRSS without the heap in kB after the warm-up " + warm + " and in the end " + end);
            assertThat(SuiteMemory.of(suite.home())).as("nobody fell").isEqualTo(memory);
            suite.awaitIdle();
            warm.forEach((process, kilobytes) -> assertThat(end.get(process))
                    .as("VmRSS of %s without its heap in kB; %d after the warm-up", process, kilobytes)
                    .isLessThanOrEqualTo((long) (MOST_GROWTH * kilobytes)));
        }
    }

    private static SseLoad.Outcome run(List<HttpRequest> questions, Duration time) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        SseLoad.Outcome outcome = SseLoad.run(
                CLIENTS, time, () -> questions.get(Math.floorMod(next.getAndIncrement(), questions.size())));
        System.out.printf(
                "%d clients, %d s: %d answers, %d cancelled, %d refused%n",
                CLIENTS, time.toSeconds(), outcome.whole(), outcome.cancelled(), outcome.refused());
        assertThat(outcome.faults()).isEmpty();
        return outcome;
    }
}
