package dev.paddock.local.model;

/** Where long work tells a person how far it is. */
public interface Progress {
    /** A line that stays. */
    void line(String text);

    /** How much of {@code total} is done (bytes, steps); shown as a bar that is drawn over. */
    void bar(String what, long done, long total);
}
