package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.schedule.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request in the making, as the steps see it. For the model's own thread, where nothing else is said. */
abstract sealed class RequestState permits GenerationState, BeamState {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private boolean admitted;
    private boolean begun;
    private volatile boolean givenUp;
    private List<Long> sequences = List.of();
    private int cached;
    private @Nullable FinishReason reason;

    RequestState(GenerationRequest request, GenerationListener listener) {
        this.request = request;
        this.listener = listener;
    }

    final GenerationRequest request() {
        return request;
    }

    final GenerationListener listener() {
        return listener;
    }

    /** Ids of its caches in the executor, all of one length; none before it has one. */
    final List<Long> sequences() {
        return sequences;
    }

    /** Id of the cache that holds the first {@link #cached} of its {@link #tokens}; 0 before it has one. */
    final long sequence() {
        return sequences.isEmpty() ? 0 : sequences.get(0);
    }

    /** Its caches are others now, which hold as many tokens. */
    final void moved(List<Long> ids) {
        sequences = List.copyOf(ids);
    }

    /** From now on it counts as running. */
    final void admit() {
        admitted = true;
    }

    final boolean admitted() {
        return admitted;
    }

    /** It will end before the next step. For any thread. */
    final void giveUp() {
        givenUp = true;
    }

    final boolean givenUp() {
        return givenUp;
    }

    /** It has {@link #rows} caches that hold its first {@code tokens} tokens. */
    final void opened(List<Long> ids, int tokens) {
        sequences = List.copyOf(ids);
        cached = tokens;
        if (!begun) {
            begun = true;
            listener.begun(tokens);
        }
    }

    /** It has no cache any more, and waits for others in which all of its tokens run again. */
    final void preempted() {
        admitted = false;
        sequences = List.of();
        cached = 0;
    }

    /** Tokens in each of its caches. */
    final int cached() {
        return cached;
    }

    final void cached(int tokens) {
        cached = tokens;
    }

    /** Why it has ended; null while it goes on. */
    final @Nullable FinishReason reason() {
        return reason;
    }

    final void ended(FinishReason why) {
        reason = why;
    }

    /** Caches that it needs to go on, 1 or more. */
    abstract int rows();

    /** Prompt and answer so far, of the first of its rows, in the first {@link #length} places. */
    abstract int[] tokens();

    /** Tokens of each row. */
    abstract int length();

    /**
     * What its rows run in a step, in the order of {@link #sequences}.
     *
     * @param draft what runs behind the slice's own tokens
     */
    abstract List<StepInput> inputs(Slice slice, Draft draft);

    /** Takes the outputs of a step; answers how many tokens were added, the last of which must run in turn: 0 where none must. */
    abstract int accept(List<StepOutput> outputs, Slice slice, Draft draft);

    abstract void finish(FinishReason why);

    final void fail(RuntimeException failure) {
        listener.failed(failure);
    }
}
