package dev.paddock.llama.inference;

import dev.paddock.llama.inference.PrefixCache.Beginning;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.schedule.Admission;
import dev.paddock.llama.inference.schedule.Plan;
import dev.paddock.llama.inference.schedule.Slice;
import dev.paddock.llama.inference.schedule.TokenScheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One step: asks the scheduler, runs the executor, hands out what came of it. For the model's own thread. */
final class GenerationStep {
    private final Executor executor;
    private final TokenScheduler scheduler;
    private final Map<Long, RequestState> states;
    private final PrefixCache prefixes;
    private final Drafting drafting;
    private final Map<Long, Beginning> beginnings = new HashMap<>();
    private final Clock clock;
    private final StepListener listener;

    GenerationStep(
            Executor executor,
            TokenScheduler scheduler,
            Map<Long, RequestState> states,
            PrefixCache prefixes,
            Drafting drafting,
            Clock clock,
            StepListener listener) {
        this.executor = executor;
        this.scheduler = scheduler;
        this.states = states;
        this.prefixes = prefixes;
        this.drafting = drafting;
        this.clock = clock;
        this.listener = listener;
    }

    /** Runs a step; answers whether there was anything to do. */
    boolean run() {
        Plan plan = scheduler.plan(clock.instant(), this::admission);
        plan.preempted().forEach(this::preempt);
        plan.admitted().forEach(this::open);
        plan.expired().forEach(id -> end(id, FinishReason.DEADLINE));
        List<Slice> slices = plan.slices().stream()
                .filter(slice -> states.containsKey(slice.id()))
                .toList();
        if (!slices.isEmpty()) {
            runSlices(slices);
        }
        return !plan.idle();
    }

    /** A request that has left meanwhile is let in: its place is given back when the scheduler is told. */
    private int admission(long id) {
        RequestState state = states.get(id);
        if (state == null) {
            return 0;
        }
        Beginning beginning = prefixes.find(state.request(), states.values());
        if (beginning.later()) {
            return Admission.LATER;
        }
        beginnings.put(id, beginning);
        state.admit();
        return beginning.tokens();
    }

    /** Its cache is kept as long as nobody needs the room, like that of an ended one. */
    private void preempt(long id) {
        RequestState state = states.get(id);
        if (state != null && state.sequence() != 0) {
            drop(id, state);
            state.preempted();
        }
    }

    /** Its first cache may begin others' sequences; those beside it hardly differ from it and are freed. */
    private void drop(long id, RequestState state) {
        state.sequences().stream().skip(1).forEach(executor::release);
        prefixes.leave(state);
        drafting.forget(id);
    }

    private void open(long id) {
        Beginning beginning = beginnings.remove(id);
        RequestState state = states.get(id);
        if (beginning == null || state == null) {
            return;
        }
        try {
            state.opened(sequences(state, beginning), beginning.tokens());
        } catch (RuntimeException e) {
            fail(id, e);
        }
    }

    private List<Long> sequences(RequestState state, Beginning beginning) {
        List<Long> opened = new ArrayList<>();
        try {
            for (int row = 0; row < state.rows(); row++) {
                opened.add(prefixes.open(state.request(), beginning));
            }
            return opened;
        } catch (RuntimeException | Error e) {
            opened.forEach(executor::release);
            throw e;
        }
    }

    private void runSlices(List<Slice> slices) {
        List<Draft> drafts = drafting.of(slices);
        List<List<StepInput>> inputs = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            inputs.add(state(slices.get(i).id()).inputs(slices.get(i), drafts.get(i)));
        }
        List<StepOutput> outputs;
        try {
            outputs = executor.run(inputs.stream().flatMap(List::stream).toList());
        } catch (RuntimeException e) {
            slices.forEach(slice -> fail(slice.id(), e));
            return;
        }
        int tokens = 0;
        for (int i = 0; i < slices.size(); i++) {
            tokens += slices.get(i).count() * inputs.get(i).size();
        }
        listener.ran(slices.size(), tokens);
        int from = 0;
        for (int i = 0; i < slices.size(); i++) {
            int to = from + inputs.get(i).size();
            accept(slices.get(i), drafts.get(i), outputs.subList(from, to));
            from = to;
        }
    }

    private void accept(Slice slice, Draft draft, List<StepOutput> outputs) {
        RequestState state = state(slice.id());
        scheduler.ran(slice);
        try {
            int added = state.accept(outputs, slice, draft);
            if (state.cached() < slice.end() + draft.size()) {
                executor.truncate(state.sequence(), state.cached());
            }
            if (added > 0) {
                scheduler.grow(slice.id(), added);
            }
        } catch (RuntimeException e) {
            fail(slice.id(), e);
            return;
        }
        FinishReason reason = state.reason();
        if (reason != null) {
            end(slice.id(), reason);
        }
    }

    /** Ends an answer wherever it is; nothing happens where it has ended already. */
    void end(long id, FinishReason reason) {
        RequestState state = leave(id);
        if (state != null) {
            state.finish(reason);
        }
    }

    /** Fails every request that is there now, whatever state it is in; one that comes meanwhile stays. */
    void failAll(Throwable cause) {
        RuntimeException failure = new IllegalStateException("A step failed: " + cause, cause);
        Map.copyOf(states).forEach((id, state) -> {
            attempt(() -> leave(id), failure);
            attempt(() -> state.fail(failure), failure);
        });
        beginnings.clear();
    }

    private static void attempt(Runnable work, Throwable failure) {
        try {
            work.run();
        } catch (Throwable e) {
            failure.addSuppressed(e);
        }
    }

    private void fail(long id, RuntimeException failure) {
        RequestState state = leave(id);
        if (state != null) {
            state.fail(failure);
        }
    }

    private @Nullable RequestState leave(long id) {
        RequestState state = states.remove(id);
        scheduler.remove(id);
        if (state != null && state.sequence() != 0) {
            drop(id, state);
        }
        return state;
    }

    private RequestState state(long id) {
        return Objects.requireNonNull(states.get(id));
    }
}
