package dev.paddock.llama.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open sequences of an executor by their ids. */
public final class OpenSequences<S extends OpenSequence> {
    private final Map<Long, S> open = new HashMap<>();
    private long last;

    /** Takes one in and answers its id. */
    public long add(S sequence) {
        open.put(++last, sequence);
        return last;
    }

    /**
     * The one of this id.
     *
     * @throws IllegalArgumentException where there is none
     */
    public S find(long id) {
        S found = open.get(id);
        if (found == null) {
            throw new IllegalArgumentException("Sequence " + id + " is not open");
        }
        return found;
    }

    /**
     * Takes one out.
     *
     * @throws IllegalArgumentException where there is none
     */
    public S remove(long id) {
        S left = find(id);
        open.remove(id);
        return left;
    }

    /** Ids of all. */
    public List<Long> ids() {
        return List.copyOf(open.keySet());
    }

    /**
     * None may use the adapter.
     *
     * @throws IllegalStateException where one does
     */
    public void requireUnused(String adapter) {
        if (open.values().stream().anyMatch(sequence -> adapter.equals(sequence.adapter()))) {
            throw new IllegalStateException("Adapter '" + adapter + "' is in use");
        }
    }
}
