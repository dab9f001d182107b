package dev.paddock.worker.inference;

import dev.paddock.llama.inference.Cancellable;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.FoundAnswer;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.worker.metrics.AnswerTimes;
import dev.paddock.worker.metrics.ModelMeters;
import dev.paddock.worker.metrics.Operation;
import dev.paddock.worker.models.LoadedBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's answers under way: some at once, the others as those end, so that one request with many prompts does not fill the
 * queue. Closing it gives up what has not ended.
 */
final class CompletionRun implements AutoCloseable {
    private final Generator generator;
    private final ModelMeters meters;
    private final Operation operation;
    private final String tenant;
    private final int atOnce;
    private final DraftMetrics drafts;
    private final Deque<List<CompletionPlan.Slot>> left;
    /** By the first slot that it fills. */
    private final IdentityHashMap<CompletionPlan.Slot, Cancellable> running = new IdentityHashMap<>();

    private final BlockingQueue<CompletionEvent> events = new LinkedBlockingQueue<>();
    private final AnswerTimes times;

    /** @throws QueueFullException where not even the first answer finds room */
    CompletionRun(CompletionPlan plan, LoadedBase base, String tenant, int atOnce, DraftMetrics drafts) {
        this.generator = base.generator();
        this.meters = base.meters();
        this.operation = plan.operation();
        this.tenant = tenant;
        this.atOnce = atOnce;
        this.drafts = drafts;
        this.left = new ArrayDeque<>(plan.generations());
        this.times = submit(left.removeFirst());
        fill();
    }

    /** The times of the first answer. */
    AnswerTimes times() {
        return times;
    }

    /** Whether every answer has ended. */
    boolean done() {
        return left.isEmpty() && running.isEmpty();
    }

    /** The next event; null where none came in time. */
    @Nullable CompletionEvent next(Duration patience) throws InterruptedException {
        fill();
        CompletionEvent event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (event instanceof CompletionEvent.Ended || event instanceof CompletionEvent.Failed) {
            running.remove(event.slot());
            fill();
        }
        return event;
    }

    private void fill() {
        while (!left.isEmpty() && running.size() < atOnce) {
            try {
                submit(left.getFirst());
            } catch (QueueFullException full) {
                return;
            }
            left.removeFirst();
        }
    }

    private AnswerTimes submit(List<CompletionPlan.Slot> slots) {
        CompletionPlan.Slot first = slots.get(0);
        Listener listener = new Listener(slots);
        running.put(first, generator.submit(first.generation(), tenant, listener));
        return listener.times;
    }

    @Override
    public void close() {
        left.clear();
        List.copyOf(running.values()).forEach(Cancellable::cancel);
    }

    private final class Listener implements GenerationListener {
        private final List<CompletionPlan.Slot> slots;
        private final CompletionPlan.Slot first;
        private final AnswerTimes times;

        Listener(List<CompletionPlan.Slot> slots) {
            this.slots = slots;
            this.first = slots.get(0);
            this.times = meters.begin(operation, first.index() == 0);
        }

        @Override
        public void begun(int cached) {
            times.begun(cached);
        }

        @Override
        public void promptScored(List<TokenScore> scores) {
            events.add(new CompletionEvent.Scored(first, scores));
        }

        @Override
        public void token(GeneratedToken token) {
            times.token();
            events.add(new CompletionEvent.Token(first, token));
        }

        @Override
        public void finished(Finished finished) {
            times.finished(finished);
            drafts.ended(finished.drafts());
            events.add(new CompletionEvent.Ended(first, finished));
        }

        /** All tokens come at once, and the end of the first answer behind everything else. */
        @Override
        public void found(List<FoundAnswer> answers) {
            times.token();
            times.finished(answers.stream().map(FoundAnswer::finished).toList());
            for (int i = answers.size() - 1; i >= 0; i--) {
                CompletionPlan.Slot slot = slots.get(i);
                answers.get(i).tokens().forEach(token -> events.add(new CompletionEvent.Token(slot, token)));
                events.add(new CompletionEvent.Ended(slot, answers.get(i).finished()));
            }
        }

        @Override
        public void failed(RuntimeException failure) {
            times.failed();
            events.add(new CompletionEvent.Failed(first, failure));
        }
    }
}
