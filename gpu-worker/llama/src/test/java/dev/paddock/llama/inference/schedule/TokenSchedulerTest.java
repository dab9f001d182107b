package dev.paddock.llama.inference.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenSchedulerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLongPromptRunsInPiecesWhileOthersDecode() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(8, 8, 10_000, 100));
        scheduler.submit(new SequenceOrder(1, 10, 5, null));
        Plan first = scheduler.plan(NOW, Admission.EMPTY);
        assertThat(first.admitted()).containsExactly(1L);
        assertThat(first.slices()).containsExactly(new Slice(1, 0, 10));
        scheduler.ran(first.slices().get(0));
        scheduler.grow(1);
        scheduler.submit(new SequenceOrder(2, 250, 5, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .containsExactly(new Slice(1, 10, 1), new Slice(2, 0, 100));
    }

    @Test
    void aFullQueueRefuses() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(2, 1, 100, 10));
        scheduler.submit(new SequenceOrder(1, 1, 1, null));
        scheduler.plan(NOW, Admission.EMPTY);
        scheduler.submit(new SequenceOrder(2, 1, 1, null));
        scheduler.submit(new SequenceOrder(3, 1, 1, null));
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(4, 1, 1, null)))
                .isInstanceOfSatisfying(QueueFullException.class, full -> assertThat(full.waiting())
                        .isEqualTo(2));
        scheduler.remove(2);
        scheduler.submit(new SequenceOrder(4, 1, 1, null));
        assertThat(scheduler.waiting()).isEqualTo(2);
    }

    @Test
    void aFullQueueStillHasAPlaceForATenantWithNothingInIt() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(1, 1, 100, 10));
        scheduler.submit(new SequenceOrder(1, 1, 1, null, false, "many"));
        scheduler.submit(new SequenceOrder(2, 1, 1, null, false, "many"));
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(3, 1, 1, null, false, "many")))
                .isInstanceOf(QueueFullException.class);
        scheduler.submit(new SequenceOrder(4, 1, 1, null, false, "few"));
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(5, 1, 1, null, false, "few")))
                .isInstanceOf(QueueFullException.class);
        assertThat(scheduler.waiting()).isEqualTo(3);
    }

    @Test
    void whoWorkedAloneIsNotMadeToWaitForIt() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 1, 10_000, 10));
        scheduler.submit(new SequenceOrder(1, 5000, 1, null, false, "night"));
        scheduler.plan(NOW, Admission.EMPTY);
        scheduler.remove(1);
        for (long id = 2; id <= 7; id += 2) {
            scheduler.submit(new SequenceOrder(id, 10, 1, null, false, "day"));
            scheduler.submit(new SequenceOrder(id + 1, 10, 1, null, false, "night"));
        }
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Long> admitted = scheduler.plan(NOW, Admission.EMPTY).admitted();
            order.addAll(admitted);
            admitted.forEach(scheduler::remove);
        }
        assertThat(order).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void anUrgentSequenceWaitsForNoOther() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(1, 2, 320, 10));
        scheduler.submit(new SequenceOrder(1, 50, 20, null));
        scheduler.submit(new SequenceOrder(2, 50, 20, null));
        scheduler.submit(new SequenceOrder(3, 1, 1, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L, 2L);
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(4, 1, 1, null)))
                .isInstanceOf(QueueFullException.class);

        scheduler.submit(urgent(5, 19, 1));
        Plan plan = scheduler.plan(NOW, Admission.EMPTY);

        assertThat(plan.admitted()).containsExactly(5L);
        assertThat(plan.slices()).containsExactly(new Slice(5, 0, 10));
        scheduler.submit(urgent(6, 19, 1));
        assertThatThrownBy(() -> scheduler.submit(urgent(8, 1, 1))).isInstanceOf(QueueFullException.class);
    }

    @Test
    void anEighthOfTheCacheIsLeftToTheUrgentUnlessAnOrdinaryOneWouldNeverRun() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 192, 10));
        scheduler.submit(new SequenceOrder(1, 100, 20, null));
        scheduler.submit(new SequenceOrder(2, 10, 20, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L);
        scheduler.submit(urgent(3, 10, 20));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(3L);
        scheduler.remove(1);
        scheduler.remove(3);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(2L);
        scheduler.remove(2);
        scheduler.submit(new SequenceOrder(4, 100, 60, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(4L);
    }

    @Test
    void cacheRoomIsNeverPromisedTwice() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 100, 10));
        scheduler.submit(new SequenceOrder(1, 40, 20, null));
        scheduler.submit(new SequenceOrder(2, 40, 20, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L);
        scheduler.remove(1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(2L);
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(3, 100, 1, null)))
                .hasMessageContaining("1 to 100 tokens");
    }

    @Test
    void deadlinesEndWaitingAndRunningSequences() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 1, 100, 10));
        scheduler.submit(new SequenceOrder(1, 1, 1, NOW.plusSeconds(1)));
        scheduler.submit(new SequenceOrder(2, 1, 1, NOW.plusSeconds(1)));
        scheduler.plan(NOW, Admission.EMPTY);
        assertThat(scheduler.plan(NOW.plusSeconds(2), Admission.EMPTY).expired())
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(scheduler.running() + scheduler.waiting()).isZero();
    }

    @Test
    void whoBeganLastGivesWayAndRunsAllItsTokensAgain() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 128, 200));
        scheduler.submit(new SequenceOrder(1, 30, 60, null));
        scheduler.submit(new SequenceOrder(2, 30, 60, null));
        Plan plan = scheduler.plan(NOW, Admission.EMPTY);
        assertThat(plan.admitted()).containsExactly(1L, 2L);
        while (plan.preempted().isEmpty()) {
            plan.slices().forEach(scheduler::ran);
            plan.slices().forEach(slice -> scheduler.grow(slice.id()));
            plan = scheduler.plan(NOW, Admission.EMPTY);
        }
        assertThat(plan.preempted()).containsExactly(2L);
        assertThat(plan.slices()).extracting(Slice::id).containsExactly(1L);
        int grown = plan.slices().get(0).first() + 1;
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).isEmpty();
        scheduler.remove(1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices()).containsExactly(new Slice(2, 0, grown));
    }

    @Test
    void oneTenantsQueueDoesNotHoldUpAnothers() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(90, 1, 1000, 100));
        for (long id = 1; id <= 5; id++) {
            scheduler.submit(new SequenceOrder(id, 10, 5, null, false, "many"));
        }
        scheduler.submit(new SequenceOrder(6, 10, 5, null, false, "few"));
        scheduler.submit(new SequenceOrder(7, 10, 5, null, false, "few"));
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<Long> admitted = scheduler.plan(NOW, Admission.EMPTY).admitted();
            order.addAll(admitted);
            admitted.forEach(scheduler::remove);
        }
        assertThat(order).containsExactly(1L, 6L, 2L, 7L, 3L, 4L, 5L);
    }

    @Test
    void promptsTakeSmallerPiecesBesideAnswers() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 1000, 100, 20));
        scheduler.submit(new SequenceOrder(1, 150, 5, null));
        Slice alone = scheduler.plan(NOW, Admission.EMPTY).slices().get(0);
        assertThat(alone).isEqualTo(new Slice(1, 0, 100));
        scheduler.ran(alone);
        scheduler.ran(scheduler.plan(NOW, Admission.EMPTY).slices().get(0));
        scheduler.grow(1);
        scheduler.submit(new SequenceOrder(2, 150, 5, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .containsExactly(new Slice(1, 150, 1), new Slice(2, 0, 20));
    }

    @Test
    void besideManyAnswersPromptsTakeAsManyTokensAsThese() {
        SchedulerLimits limits = new SchedulerLimits(9, 9, 1000, 24, 8);
        assertThat(IntStream.of(1, 8, 9, 24, 25).map(limits::besideAnswers)).containsExactly(8, 8, 9, 24, 24);
    }

    @Test
    void guessedTokensRunBesideTheLastOneAsFarAsThereIsRoom() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 128, 100), new DraftLimits(4, 3, 7));
        scheduler.submit(new SequenceOrder(1, 10, 30, null));
        ranAndGrew(scheduler, 1, 1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices()).containsExactly(new Slice(1, 10, 1, 4));
        ranAndGrew(scheduler, 1, 3);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices()).containsExactly(new Slice(1, 13, 1, 4));
        for (int i = 0; i < 15; i++) {
            ranAndGrew(scheduler, 1, 1);
        }
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .as("29 of 32 tokens in its block")
                .containsExactly(new Slice(1, 28, 1, 3));
        for (int i = 0; i < 9; i++) {
            ranAndGrew(scheduler, 1, 1);
        }
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .as("the last of 40 is never guessed")
                .containsExactly(new Slice(1, 37, 1, 1));
    }

    @Test
    void theMoreAnswerTheLessIsGuessed() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 1000, 100), new DraftLimits(4, 3, 7));
        for (long id = 1; id <= 3; id++) {
            scheduler.submit(new SequenceOrder(id, 1, 30, null));
            int each = 6 - 2 * (int) id;
            assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                    .hasSize((int) id)
                    .allSatisfy(slice -> assertThat(slice.drafts()).isEqualTo(each));
        }
        assertThat(new DraftLimits(4, 99, 2).each(5)).isZero();
    }

    @Test
    void rowsShareTheirPromptAndGoOnTogetherWithoutGuesses() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 4, 1000, 100), new DraftLimits(4, 9, 99));
        scheduler.submit(new SequenceOrder(1, 10, 30, null, false, "", 3));
        scheduler.submit(new SequenceOrder(2, 10, 30, null));
        scheduler.submit(new SequenceOrder(3, 10, 30, null));
        Plan first = scheduler.plan(NOW, Admission.EMPTY);
        assertThat(first.admitted()).as("four rows").containsExactly(1L, 2L);
        assertThat(first.slices()).containsExactly(new Slice(1, 0, 10), new Slice(2, 0, 10));
        assertThat(scheduler.heldTokens()).isEqualTo(4 * SchedulerLimits.BLOCK);
        first.slices().forEach(scheduler::ran);
        scheduler.grow(1);
        scheduler.grow(2);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .containsExactly(new Slice(1, 10, 1), new Slice(2, 10, 1, 4));
    }

    @Test
    void moreRowsThanABatchHasRunAlone() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 2, 1000, 100));
        scheduler.submit(new SequenceOrder(1, 10, 5, null, false, "", 4));
        scheduler.submit(new SequenceOrder(2, 10, 5, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L);
        scheduler.remove(1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(2L);
        assertThatThrownBy(() -> scheduler.submit(new SequenceOrder(3, 10, 91, null, false, "", 10)))
                .hasMessageContaining("10 rows of 10 prompt and 91 new tokens");
    }

    @Test
    void aTenantPaysForEveryRow() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 10_000, 100));
        scheduler.submit(new SequenceOrder(1, 10, 30, null, false, "wide", 4));
        scheduler.submit(new SequenceOrder(2, 10, 30, null, false, "narrow"));
        scheduler.plan(NOW, Admission.EMPTY).slices().forEach(scheduler::ran);
        scheduler.grow(1);
        scheduler.grow(2);
        scheduler.submit(new SequenceOrder(3, 10, 30, null, false, "wide"));
        scheduler.submit(new SequenceOrder(4, 10, 30, null, false, "narrow"));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(4L, 3L);
    }

    private static void ranAndGrew(TokenScheduler scheduler, long id, int tokens) {
        scheduler.plan(NOW, Admission.EMPTY).slices().forEach(scheduler::ran);
        scheduler.grow(id, tokens);
    }

    private static SequenceOrder urgent(long id, int promptTokens, int newTokens) {
        return new SequenceOrder(id, promptTokens, newTokens, null, true, "");
    }

    /** Random arrivals, cancellations and ends: everybody who stays gets all tokens, each once, within bounds. */
    @Test
    void randomTracesLoseAndDoubleNothing() {
        int preempted = 0;
        int guessed = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Trace trace = new Trace(new Random(seed));
            trace.run();
            preempted += trace.preempted;
            guessed += trace.guessed;
        }
        assertThat(preempted).as("sequences that gave way").isGreaterThan(1000);
        assertThat(guessed).as("tokens guessed rightly").isGreaterThan(10_000);
    }

    private static final class Trace {
        private final Random random;
        private final SchedulerLimits limits;
        private final TokenScheduler scheduler;
        private final Map<Long, int[]> wanted = new HashMap<>();
        private final Map<Long, Integer> known = new HashMap<>();
        private final Map<Long, Integer> cached = new HashMap<>();
        private int preempted;
        private int guessed;

        Trace(Random random) {
            this.random = random;
            this.limits = new SchedulerLimits(
                    1000,
                    1 + random.nextInt(6),
                    200 + random.nextInt(300),
                    1 + random.nextInt(30),
                    1 + random.nextInt(9));
            this.scheduler = new TokenScheduler(
                    limits, new DraftLimits(random.nextInt(5), 1 + random.nextInt(9), 1 + random.nextInt(20)));
        }

        void run() {
            for (long id = 1; id <= 20; id++) {
                int rows = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
                int most = rows == 1 ? 150 : 200 / rows - 40;
                int[] sizes = {1 + random.nextInt(40), 1 + random.nextInt(most), rows};
                wanted.put(id, sizes);
                known.put(id, sizes[0]);
                String tenant = "tenant" + random.nextInt(3);
                scheduler.submit(new SequenceOrder(id, sizes[0], sizes[1], null, random.nextInt(5) == 0, tenant, rows));
                step();
                if (random.nextInt(6) == 0) {
                    scheduler.remove(id);
                    wanted.remove(id);
                }
            }
            for (int steps = 0; !wanted.isEmpty(); steps++) {
                assertThat(steps).as("steps until all have ended").isLessThan(20 * 190 * 4);
                step();
            }
            assertThat(scheduler.running() + scheduler.waiting()).isZero();
            assertThat(scheduler.heldTokens()).isZero();
        }

        private void step() {
            Map<Long, Integer> beginnings = new HashMap<>();
            Plan plan = scheduler.plan(NOW, id -> beginnings.computeIfAbsent(id, this::beginning));
            assertThat(scheduler.running()).isLessThanOrEqualTo(limits.running(true) + limits.running(false));
            assertThat(plan.slices().stream().map(Slice::id)).doesNotHaveDuplicates();
            plan.preempted().forEach(cached::remove);
            preempted += plan.preempted().size();
            plan.admitted().forEach(id -> cached.put(id, Objects.requireNonNull(beginnings.get(id))));
            int running = plan.slices().stream()
                    .mapToInt(slice -> (slice.count() + slice.drafts()) * rows(slice.id()))
                    .sum();
            assertThat(cachedTokens() + running)
                    .as("guessed tokens have their room")
                    .isLessThanOrEqualTo(scheduler.heldTokens());
            plan.slices().forEach(this::ran);
            long held = cachedTokens();
            assertThat(held).isLessThanOrEqualTo(limits.cachedTokens());
            assertThat(scheduler.heldTokens()).isBetween(held, limits.cachedTokens());
        }

        private long cachedTokens() {
            return cached.entrySet().stream()
                    .filter(entry -> wanted.containsKey(entry.getKey()))
                    .mapToLong(entry -> (long) entry.getValue() * rows(entry.getKey()))
                    .sum();
        }

        /** Rows that have a cache: one until the prompt has run. */
        private int rows(long id) {
            int[] sizes = Objects.requireNonNull(wanted.get(id));
            return Objects.requireNonNull(known.get(id)) > sizes[0] ? sizes[2] : 1;
        }

        private void ran(Slice slice) {
            assertThat(slice.first()).isEqualTo(cached.get(slice.id()));
            int end = cached.merge(slice.id(), slice.count(), Integer::sum);
            scheduler.ran(slice);
            int length = Objects.requireNonNull(known.get(slice.id()));
            assertThat(end).isLessThanOrEqualTo(length);
            if (end < length) {
                return;
            }
            int[] sizes = Objects.requireNonNull(wanted.get(slice.id()));
            assertThat(sizes[2] > 1 && slice.drafts() > 0).as("guesses of rows").isFalse();
            int right = random.nextInt(slice.drafts() + 1);
            guessed += right;
            cached.merge(slice.id(), right, Integer::sum);
            if (end + right + 1 == sizes[0] + sizes[1]) {
                scheduler.remove(slice.id());
                wanted.remove(slice.id());
            } else {
                scheduler.grow(slice.id(), right + 1);
                known.merge(slice.id(), right + 1, Integer::sum);
            }
        }

        /** Nothing, a part of the prompt, or not yet. */
        private int beginning(long id) {
            int prompt = Objects.requireNonNull(wanted.get(id))[0];
            return random.nextInt(4) == 0 ? Admission.LATER : random.nextInt(prompt);
        }
    }
}
