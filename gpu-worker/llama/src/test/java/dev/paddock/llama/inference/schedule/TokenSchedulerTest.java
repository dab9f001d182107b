package dev.paddock.llama.inference.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenSchedulerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLongPromptRunsInPiecesWhileOthersDecode() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(8, 8, 10_000, 100));
        scheduler.submit(1, 10, 5, null);
        Plan first = scheduler.plan(NOW, Admission.EMPTY);
        assertThat(first.admitted()).containsExactly(1L);
        assertThat(first.slices()).containsExactly(new Slice(1, 0, 10));
        scheduler.ran(first.slices().get(0));
        scheduler.grow(1);
        scheduler.submit(2, 250, 5, null);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .containsExactly(new Slice(1, 10, 1), new Slice(2, 0, 99));
    }

    @Test
    void aFullQueueRefuses() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(2, 1, 100, 10));
        scheduler.submit(1, 1, 1, null);
        scheduler.plan(NOW, Admission.EMPTY);
        scheduler.submit(2, 1, 1, null);
        scheduler.submit(3, 1, 1, null);
        assertThatThrownBy(() -> scheduler.submit(4, 1, 1, null))
                .isInstanceOfSatisfying(QueueFullException.class, full -> assertThat(full.waiting())
                        .isEqualTo(2));
        scheduler.remove(2);
        scheduler.submit(4, 1, 1, null);
        assertThat(scheduler.waiting()).isEqualTo(2);
    }

    @Test
    void anUrgentSequenceWaitsForNoOther() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(1, 2, 160, 10));
        scheduler.submit(1, 50, 20, null);
        scheduler.submit(2, 50, 20, null);
        scheduler.submit(3, 1, 1, null);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L, 2L);
        assertThatThrownBy(() -> scheduler.submit(4, 1, 1, null)).isInstanceOf(QueueFullException.class);

        scheduler.submit(5, 19, 1, null, true);
        Plan plan = scheduler.plan(NOW, Admission.EMPTY);

        assertThat(plan.admitted()).containsExactly(5L);
        assertThat(plan.slices()).containsExactly(new Slice(5, 0, 10));
        scheduler.submit(6, 19, 1, null, true);
        assertThatThrownBy(() -> scheduler.submit(8, 1, 1, null, true)).isInstanceOf(QueueFullException.class);
    }

    @Test
    void anEighthOfTheCacheIsLeftToTheUrgentUnlessAnOrdinaryOneWouldNeverRun() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 160, 10));
        scheduler.submit(1, 100, 20, null);
        scheduler.submit(2, 10, 20, null);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L);
        scheduler.submit(3, 10, 20, null, true);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(3L);
        scheduler.remove(1);
        scheduler.remove(3);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(2L);
        scheduler.remove(2);
        scheduler.submit(4, 100, 60, null);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(4L);
    }

    @Test
    void cacheRoomIsNeverPromisedTwice() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 100, 10));
        scheduler.submit(1, 40, 20, null);
        scheduler.submit(2, 40, 20, null);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L);
        scheduler.remove(1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(2L);
        assertThatThrownBy(() -> scheduler.submit(3, 100, 1, null)).hasMessageContaining("1 to 100 tokens");
    }

    @Test
    void deadlinesEndWaitingAndRunningSequences() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 1, 100, 10));
        scheduler.submit(1, 1, 1, NOW.plusSeconds(1));
        scheduler.submit(2, 1, 1, NOW.plusSeconds(1));
        scheduler.plan(NOW, Admission.EMPTY);
        assertThat(scheduler.plan(NOW.plusSeconds(2), Admission.EMPTY).expired())
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(scheduler.running() + scheduler.waiting()).isZero();
    }

    /** Random arrivals, cancellations and ends: everybody who stays gets all tokens, each once, within bounds. */
    @Test
    void randomTracesLoseAndDoubleNothing() {
        for (int seed = 0; seed < 300; seed++) {
            new Trace(new Random(seed)).run();
        }
    }

    private static final class Trace {
        private final Random random;
        private final SchedulerLimits limits;
        private final TokenScheduler scheduler;
        private final Map<Long, int[]> wanted = new HashMap<>();
        private final Map<Long, Integer> cached = new HashMap<>();

        Trace(Random random) {
            this.random = random;
            this.limits =
                    new SchedulerLimits(1000, 1 + random.nextInt(4), 60 + random.nextInt(100), 1 + random.nextInt(30));
            this.scheduler = new TokenScheduler(limits);
        }

        void run() {
            for (long id = 1; id <= 20; id++) {
                int[] sizes = {1 + random.nextInt(40), 1 + random.nextInt(20)};
                wanted.put(id, sizes);
                scheduler.submit(id, sizes[0], sizes[1], null);
                step();
                if (random.nextInt(6) == 0) {
                    scheduler.remove(id);
                    wanted.remove(id);
                }
            }
            for (int steps = 0; !wanted.isEmpty(); steps++) {
                assertThat(steps).as("steps until all have ended").isLessThan(20 * 60);
                step();
            }
            assertThat(scheduler.running() + scheduler.waiting()).isZero();
        }

        private void step() {
            Map<Long, Integer> beginnings = new HashMap<>();
            Plan plan = scheduler.plan(NOW, id -> beginnings.computeIfAbsent(id, this::beginning));
            assertThat(scheduler.running()).isLessThanOrEqualTo(limits.running());
            assertThat(plan.slices().stream().map(Slice::id)).doesNotHaveDuplicates();
            plan.admitted().forEach(id -> cached.put(id, Objects.requireNonNull(beginnings.get(id))));
            long reserved = cached.keySet().stream()
                    .filter(wanted::containsKey)
                    .mapToLong(this::size)
                    .sum();
            assertThat(reserved).isLessThanOrEqualTo(limits.cachedTokens());
            plan.slices().forEach(this::ran);
        }

        private void ran(Slice slice) {
            int[] sizes = sizes(slice.id());
            assertThat(slice.first()).isEqualTo(cached.get(slice.id()));
            cached.merge(slice.id(), slice.count(), Integer::sum);
            scheduler.ran(slice);
            int known = slice.first() + slice.count();
            if (known >= sizes[0] + sizes[1] - 1) {
                scheduler.remove(slice.id());
                wanted.remove(slice.id());
            } else if (known >= sizes[0]) {
                scheduler.grow(slice.id());
            }
        }

        /** Nothing, a part of the prompt, or not yet. */
        private int beginning(long id) {
            return random.nextInt(4) == 0 ? Admission.LATER : random.nextInt(sizes(id)[0]);
        }

        private int size(long id) {
            return sizes(id)[0] + sizes(id)[1];
        }

        private int[] sizes(long id) {
            return Objects.requireNonNull(wanted.get(id));
        }
    }
}
