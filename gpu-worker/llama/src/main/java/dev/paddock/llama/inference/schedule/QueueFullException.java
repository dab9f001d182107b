package dev.paddock.llama.inference.schedule;

/** No room is left among the waiting sequences; to be tried again later. */
public final class QueueFullException extends RuntimeException {
    private final int waiting;

    public QueueFullException(int waiting) {
        super("%d requests are waiting already, which is the most this model takes; try again later"
                .formatted(waiting));
        this.waiting = waiting;
    }

    public int waiting() {
        return waiting;
    }
}
