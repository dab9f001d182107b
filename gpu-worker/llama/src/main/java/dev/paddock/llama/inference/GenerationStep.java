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
    private final Map<Long, GenerationState> states;
    private final PrefixCache prefixes;
    private final Drafting drafting;
    private final Map<Long, Beginning> beginnings = new HashMap<>();
    private final Clock clock;
    private final StepListener listener;

    GenerationStep(
            Executor executor,
            TokenScheduler scheduler,
            Map<Long, GenerationState> states,
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
        GenerationState state = states.get(id);
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
        GenerationState state = states.get(id);
        if (state != null && state.sequence() != 0) {
            prefixes.leave(state);
            drafting.forget(id);
            state.preempted();
        }
    }

    private void open(long id) {
        Beginning beginning = beginnings.remove(id);
        GenerationState state = states.get(id);
        if (beginning == null || state == null) {
            return;
        }
        try {
            state.opened(prefixes.open(state.request(), beginning), beginning.tokens());
        } catch (RuntimeException e) {
            fail(id, e);
        }
    }

    private void runSlices(List<Slice> slices) {
        List<Draft> drafts = drafting.of(slices);
        List<StepInput> inputs = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            inputs.add(state(slices.get(i).id()).input(slices.get(i), drafts.get(i)));
        }
        List<StepOutput> outputs;
        try {
            outputs = executor.run(inputs);
        } catch (RuntimeException e) {
            slices.forEach(slice -> fail(slice.id(), e));
            return;
        }
        listener.ran(slices.size(), slices.stream().mapToInt(Slice::count).sum());
        for (int i = 0; i < slices.size(); i++) {
            accept(slices.get(i), drafts.get(i), outputs.get(i));
        }
    }

    private void accept(Slice slice, Draft draft, StepOutput output) {
        GenerationState state = state(slice.id());
        scheduler.ran(slice);
        try {
            int added = state.accept(output, slice, draft);
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
        GenerationState state = leave(id);
        if (state != null) {
            state.finish(reason);
        }
    }

    private void fail(long id, RuntimeException failure) {
        GenerationState state = leave(id);
        if (state != null) {
            state.fail(failure);
        }
    }

    private @Nullable GenerationState leave(long id) {
        GenerationState state = states.remove(id);
        scheduler.remove(id);
        if (state != null && state.sequence() != 0) {
            prefixes.leave(state);
            drafting.forget(id);
        }
        return state;
    }

    private GenerationState state(long id) {
        return Objects.requireNonNull(states.get(id));
    }
}
