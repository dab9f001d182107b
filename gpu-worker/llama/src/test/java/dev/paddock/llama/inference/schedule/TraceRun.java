package dev.paddock.llama.inference.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.inference.schedule.Trace.Arrival;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Plays a trace, in which everybody takes what is planned, and checks every plan. */
final class TraceRun {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Arrival NOISE = new Arrival(0, 12, 20, 1, false, 9, 0, 0);

    private final Trace trace;
    private final Random random;
    private final TokenScheduler scheduler;
    private final Map<Long, Life> lives = new HashMap<>();
    private long lastId;
    private int step;
    private int preempted;
    private int guessed;
    private int late;

    /** A sequence that is there. */
    private static final class Life {
        final Arrival order;
        final int begun;
        int known;
        int cached;

        Life(Arrival order, int begun) {
            this.order = order;
            this.begun = begun;
            known = order.prompt();
        }

        /** Rows that have a cache: one until the prompt has run. */
        int rows() {
            return known > order.prompt() ? order.rows() : 1;
        }

        boolean isLate(int step) {
            return order.deadline() > 0 && step > begun + order.deadline();
        }

        boolean leaves(int step) {
            return order.cancelled() > 0 && step == begun + order.cancelled();
        }
    }

    TraceRun(Trace trace) {
        this.trace = trace;
        random = new Random(trace.seed());
        scheduler = new TokenScheduler(trace.limits(), trace.drafts());
    }

    int preempted() {
        return preempted;
    }

    int guessed() {
        return guessed;
    }

    int late() {
        return late;
    }

    /** @param mostSteps that anybody may be there */
    void run(int mostSteps) {
        int last = trace.arrivals().stream().mapToInt(Arrival::step).max().orElse(0);
        for (step = 0; step <= last || lives.values().stream().anyMatch(life -> !life.order.equals(NOISE)); step++) {
            trace.arrivals().stream().filter(order -> order.step() == step).forEach(this::submit);
            if (trace.noise() && scheduler.waiting() < 4) {
                submit(NOISE);
            }
            List.copyOf(lives.keySet()).stream()
                    .filter(id -> life(id).leaves(step))
                    .forEach(this::leave);
            step();
            lives.values().forEach(life -> assertThat(life.order.equals(NOISE) ? 0 : step - life.begun)
                    .as("steps of %s", life.order)
                    .isLessThan(mostSteps));
        }
        List.copyOf(lives.keySet()).forEach(this::leave);
        assertThat(scheduler.running() + scheduler.waiting()).isZero();
        assertThat(scheduler.heldTokens()).isZero();
    }

    private void submit(Arrival order) {
        Instant deadline = order.deadline() == 0 ? null : at(step + order.deadline());
        scheduler.submit(new SequenceOrder(
                ++lastId,
                order.prompt(),
                order.answer(),
                deadline,
                order.urgent(),
                "tenant" + order.tenant(),
                order.rows()));
        lives.put(lastId, new Life(order, step));
    }

    private static Instant at(int step) {
        return BEGIN.plusSeconds(step);
    }

    private void leave(long id) {
        scheduler.remove(id);
        lives.remove(id);
    }

    private Life life(long id) {
        return Objects.requireNonNull(lives.get(id));
    }

    private void step() {
        Map<Long, Integer> beginnings = new HashMap<>();
        Plan plan = scheduler.plan(at(step), id -> beginnings.computeIfAbsent(id, this::beginning));
        plan.expired().forEach(id -> {
            late++;
            assertThat(Objects.requireNonNull(lives.remove(id)).isLate(step)).isTrue();
        });
        assertThat(lives.values()).noneMatch(life -> life.isLate(step));
        plan.preempted().forEach(id -> life(id).cached = 0);
        preempted += plan.preempted().size();
        plan.admitted().forEach(id -> life(id).cached = Objects.requireNonNull(beginnings.get(id)));
        check(plan.slices());
        plan.slices().forEach(this::ran);
        assertThat(scheduler.heldTokens())
                .isBetween(cachedTokens(), trace.limits().cachedTokens());
    }

    /** Nothing, a part of the prompt, or not yet. */
    private int beginning(long id) {
        return random.nextInt(4) == 0
                ? Admission.LATER
                : random.nextInt(life(id).order.prompt());
    }

    private void check(List<Slice> slices) {
        SchedulerLimits limits = trace.limits();
        assertThat(scheduler.running()).isLessThanOrEqualTo(limits.running(true) + limits.running(false));
        assertThat(slices).extracting(Slice::id).doesNotHaveDuplicates();
        int answering = 0;
        int prompts = 0;
        int running = 0;
        for (Slice slice : slices) {
            Life life = life(slice.id());
            boolean answers = life.known - life.cached == 1;
            answering += answers ? life.rows() : 0;
            prompts += answers ? 0 : slice.count() * life.rows();
            running += (slice.count() + slice.drafts()) * life.rows();
            assertThat(slice.drafts() > 0 && (life.order.rows() > 1 || !answers))
                    .as("guesses behind prompts, and of rows")
                    .isFalse();
        }
        int most = answering == 0 ? limits.tokensPerStep() : limits.besideAnswers(answering);
        assertThat(prompts).as("prompt tokens of a step").isLessThan(most + 4);
        assertThat(cachedTokens() + running).as("what runs has its room").isLessThanOrEqualTo(scheduler.heldTokens());
    }

    private long cachedTokens() {
        return lives.values().stream()
                .mapToLong(life -> (long) life.cached * life.rows())
                .sum();
    }

    private void ran(Slice slice) {
        Life life = life(slice.id());
        assertThat(slice.first()).isEqualTo(life.cached);
        life.cached += slice.count();
        scheduler.ran(slice);
        assertThat(life.cached).isLessThanOrEqualTo(life.known);
        if (life.cached < life.known) {
            return;
        }
        int right = random.nextInt(slice.drafts() + 1);
        guessed += right;
        life.cached += right;
        if (life.known + right + 1 == life.order.prompt() + life.order.answer()) {
            leave(slice.id());
        } else {
            scheduler.grow(slice.id(), right + 1);
            life.known += right + 1;
        }
    }
}
