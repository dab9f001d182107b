package dev.paddock.llama.inference.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(plan.slices()).containsExactly(new Slice(5, 0, 9), new Slice(1, 0, 1));
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
    void whatTheOrdinaryGrowByLeavesTheUrgentTheirPart() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 1024, 2000));
        scheduler.submit(new SequenceOrder(1, 400, 100, null));
        scheduler.submit(new SequenceOrder(2, 300, 300, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L, 2L);
        List<Long> preempted = new ArrayList<>();
        while (preempted.isEmpty()) {
            ranAndGrew(scheduler, 1, 1);
            ranAndGrew(scheduler, 2, 1);
            preempted.addAll(scheduler.plan(NOW, Admission.EMPTY).preempted());
        }
        assertThat(preempted).containsExactly(2L);
        scheduler.submit(urgent(3, 60, 64));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(3L);
    }

    @Test
    void whileAnUrgentOneFindsNoRoomNoOtherTakesAny() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 1024, 2000));
        scheduler.submit(new SequenceOrder(1, 300, 10, null));
        scheduler.submit(new SequenceOrder(2, 300, 10, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(1L, 2L);
        scheduler.submit(urgent(3, 600, 10));
        scheduler.submit(new SequenceOrder(4, 20, 10, null));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).isEmpty();
        scheduler.remove(1);
        scheduler.remove(2);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).admitted()).containsExactly(3L, 4L);
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
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 256, 200));
        scheduler.submit(new SequenceOrder(1, 60, 100, null));
        scheduler.submit(new SequenceOrder(2, 60, 100, null));
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
    void urgentPromptsLeaveOrdinaryOnesAnEighthOfAStep() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 10_000, 80));
        scheduler.submit(new SequenceOrder(1, 150, 5, null));
        scheduler.submit(urgent(2, 100, 5));
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .containsExactly(new Slice(2, 0, 70), new Slice(1, 0, 10));
    }

    @Test
    void guessedTokensRunBesideTheLastOneAsFarAsThereIsRoom() {
        TokenScheduler scheduler = new TokenScheduler(new SchedulerLimits(9, 9, 128, 100), new DraftLimits(4, 3, 7));
        scheduler.submit(new SequenceOrder(1, 10, 62, null));
        ranAndGrew(scheduler, 1, 1);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices()).containsExactly(new Slice(1, 10, 1, 4));
        ranAndGrew(scheduler, 1, 3);
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices()).containsExactly(new Slice(1, 13, 1, 4));
        for (int i = 0; i < 47; i++) {
            ranAndGrew(scheduler, 1, 1);
        }
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .as("61 of 64 tokens in its block")
                .containsExactly(new Slice(1, 60, 1, 3));
        for (int i = 0; i < 9; i++) {
            ranAndGrew(scheduler, 1, 1);
        }
        assertThat(scheduler.plan(NOW, Admission.EMPTY).slices())
                .as("the last of 72 is never guessed")
                .containsExactly(new Slice(1, 69, 1, 1));
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
        assertThat(scheduler.heldTokens()).isEqualTo(4 * 40);
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
}
