package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a {@code for} loop; looks ahead only as far as the template asks. */
final class Loop {
    private final long knownLength;
    private Iterator<Object> rest;
    private @Nullable Object before;
    private @Nullable Object current;
    private @Nullable Object after;
    private @Nullable Object lastChanged;
    private long index0 = -1;
    private long length = -1;

    /** @param knownLength number of elements, or -1 where only iterating tells */
    Loop(Iterator<Object> rest, long knownLength) {
        this.rest = rest;
        this.knownLength = knownLength;
    }

    boolean hasNext() {
        return after != null || rest.hasNext();
    }

    Object next() {
        Object next = after != null ? after : rest.next();
        after = null;
        index0++;
        before = current;
        current = next;
        return next;
    }

    boolean isLast() {
        return peek() == null;
    }

    Object previous() {
        return before != null ? before : new Undefined("there is no previous item");
    }

    Object following() {
        Object next = peek();
        return next != null ? next : new Undefined("there is no next item");
    }

    long index0() {
        return index0;
    }

    long length() {
        if (knownLength >= 0) {
            return knownLength;
        }
        if (length < 0) {
            List<Object> remaining = new ArrayList<>();
            rest.forEachRemaining(remaining::add);
            rest = remaining.iterator();
            length = remaining.size() + index0 + 1 + (after != null ? 1 : 0);
        }
        return length;
    }

    boolean changed(Object value, Budget budget) {
        boolean changed = lastChanged == null || !Equality.equal(lastChanged, value, budget);
        lastChanged = value;
        return changed;
    }

    private @Nullable Object peek() {
        if (after == null && rest.hasNext()) {
            after = rest.next();
        }
        return after;
    }
}
