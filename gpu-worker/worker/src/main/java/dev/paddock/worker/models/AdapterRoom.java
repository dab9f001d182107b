package dev.paddock.worker.models;

import dev.paddock.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which adapters are in memory, how many bytes they take and how often each is in use; it holds names and counts, no tensor. Where
 * room is short those longest unused leave, never one in use or pinned.
 */
final class AdapterRoom {
    private final long capacity;
    private final Predicate<String> pinned;
    private final Map<String, Place> places = new LinkedHashMap<>(16, 0.75f, true);

    /** An adapter's bytes and uses. */
    private static final class Place {
        private final long bytes;
        private int uses = 1;
        private boolean filled;

        private Place(long bytes) {
            this.bytes = bytes;
        }
    }

    /** @param capacity bytes that all of them may take */
    AdapterRoom(long capacity, Predicate<String> pinned) {
        this.capacity = capacity;
        this.pinned = pinned;
    }

    /** Counts one more use of an adapter that is there; answers whether it is. */
    synchronized boolean use(String name) {
        Place place = places.get(name);
        if (place == null || !place.filled) {
            return false;
        }
        place.uses++;
        return true;
    }

    /** A use has ended. */
    synchronized void done(String name) {
        Place place = places.get(name);
        if (place == null || place.uses == 0) {
            throw new IllegalStateException("Adapter " + name + " is given back and was not in use");
        }
        place.uses--;
    }

    synchronized boolean holds(String name) {
        return places.containsKey(name);
    }

    /** Bytes that nothing takes. */
    synchronized long free() {
        return capacity - bytes(places);
    }

    /**
     * Keeps a place for an adapter that is to come, with one use.
     *
     * @return those that have lost theirs and are to be unloaded
     * @throws AdaptersInUseException where it fits once others are given back
     * @throws ProblemException where it does not fit beside the pinned ones
     */
    synchronized List<String> take(String name, long bytes) {
        long missing = bytes - free();
        List<String> leaving = new ArrayList<>();
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            if (missing > 0 && entry.getValue().uses == 0 && !pinned.test(entry.getKey())) {
                leaving.add(entry.getKey());
                missing -= entry.getValue().bytes;
            }
        }
        if (missing > 0) {
            throw full(name, bytes);
        }
        leaving.forEach(places::remove);
        places.put(name, new Place(bytes));
        return leaving;
    }

    /** The adapter that a place was kept for is there. */
    synchronized void fill(String name) {
        Objects.requireNonNull(places.get(name)).filled = true;
    }

    /** Takes a place back whose adapter did not come. */
    synchronized void leave(String name) {
        places.remove(name);
    }

    private ProblemException full(String name, long bytes) {
        Map<String, Place> staying = new LinkedHashMap<>(places);
        staying.keySet().removeIf(pinned.negate());
        if (bytes(staying) + bytes > capacity) {
            return new ProblemException(
                    ServingProblem.MODEL_MEMORY,
                    "adapter %s needs %d bytes and pinned ones hold %d of %d; raise paddock.serving.adapter-memory"
                            .formatted(name, bytes, bytes(staying), capacity));
        }
        return new AdaptersInUseException(
                "adapter %s needs %d bytes and those in use or pinned leave too little of %d; try again, or raise paddock.serving.adapter-memory"
                        .formatted(name, bytes, capacity));
    }

    private static long bytes(Map<String, Place> places) {
        return places.values().stream().mapToLong(place -> place.bytes).sum();
    }
}
