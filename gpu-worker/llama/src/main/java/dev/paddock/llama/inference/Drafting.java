package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.draft.Drafter;
import dev.paddock.llama.inference.schedule.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a step guesses beyond the tokens that it must run. A drafter that fails is not asked again. For the model's own thread. */
final class Drafting {
    private static final Logger LOG = LoggerFactory.getLogger(Drafting.class);
    private final Map<Long, RequestState> states;
    private final @Nullable Drafter drafter;
    private boolean failed;

    /** @param drafter null where nothing is to be guessed */
    Drafting(@Nullable Drafter drafter, Map<Long, RequestState> states) {
        this.drafter = drafter;
        this.states = states;
    }

    /** One draft for each slice, in their order. */
    List<Draft> of(List<Slice> slices) {
        List<Draft> drafts = new ArrayList<>(Collections.nCopies(slices.size(), Draft.NONE));
        List<Integer> asked = new ArrayList<>();
        List<DraftTask> tasks = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            if (slices.get(i).drafts() > 0) {
                asked.add(i);
                tasks.add(task(slices.get(i)));
            }
        }
        List<Draft> guessed = guess(tasks);
        for (int i = 0; i < guessed.size(); i++) {
            Slice slice = slices.get(asked.get(i));
            drafts.set(
                    asked.get(i),
                    guessed.get(i).cut(slice.drafts(), request(slice).endIds()));
        }
        return drafts;
    }

    private List<Draft> guess(List<DraftTask> tasks) {
        if (drafter == null || failed || tasks.isEmpty()) {
            return List.of();
        }
        try {
            return drafter.draft(tasks);
        } catch (RuntimeException e) {
            LOG.error("the drafter failed: answers are no longer guessed ahead", e);
            failed = true;
            return List.of();
        }
    }

    private DraftTask task(Slice slice) {
        GenerationRequest request = request(slice);
        return new DraftTask(
                slice.id(),
                state(slice).tokens(),
                slice.end(),
                request.prompt().length + request.newTokens(),
                slice.drafts(),
                request.sampling());
    }

    /** A sequence has left, or begins anew. */
    void forget(long id) {
        if (drafter != null) {
            drafter.forget(id);
        }
    }

    private GenerationRequest request(Slice slice) {
        return state(slice).request();
    }

    private RequestState state(Slice slice) {
        return Objects.requireNonNull(states.get(slice.id()));
    }
}
