package dev.paddock.llama.inference.text;

import java.util.List;

/**
 * Cuts a growing text at the first of several stop strings, wherever the pieces are cut. Text that may still turn out to be the
 * beginning of a stop string is held back.
 */
public final class StopStrings {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /** @param stops none of them empty; possibly none at all */
    public StopStrings(List<String> stops) {
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("A stop string is empty; give at least one character or leave it out");
        }
        this.stops = List.copyOf(stops);
    }

    /** Text that may leave now; after a stop string nothing ever. */
    public String append(String piece) {
        if (stopped) {
            return "";
        }
        held.append(piece);
        int stop = firstStop();
        stopped = stop >= 0;
        int free = stopped ? stop : held.length() - heldBack();
        String released = held.substring(0, free);
        held.delete(0, stopped ? held.length() : free);
        return released;
    }

    /** Text held back that no stop string claimed. */
    public String finish() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    /** Whether a stop string has come. */
    public boolean stopped() {
        return stopped;
    }

    private int firstStop() {
        return stops.stream()
                .mapToInt(held::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    /** Length of the longest end of the text that begins a stop string. */
    private int heldBack() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
