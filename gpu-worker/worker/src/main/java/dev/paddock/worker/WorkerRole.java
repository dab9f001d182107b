package dev.paddock.worker;

import java.util.Locale;

/** What a worker does. Training and serving share the program; production gives each processes of its own. */
public enum WorkerRole {
    SERVING,
    TRAINING;

    /** As configuration and announcements write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
