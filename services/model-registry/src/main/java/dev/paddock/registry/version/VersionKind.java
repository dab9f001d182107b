package dev.paddock.registry.version;

/** What a version is: imported or made by a job, and with weights of its own or on a base. */
public enum VersionKind {
    /** An imported whole model. */
    BASE(false, true),
    /** A trained adapter of a whole model. */
    ADAPTER(true, false),
    /** An imported adapter that judges texts. */
    GUARD(false, false),
    /** A whole model that a job made of a base. */
    MODEL(true, true);

    private final boolean made;
    private final boolean whole;

    VersionKind(boolean made, boolean whole) {
        this.made = made;
        this.whole = whole;
    }

    /** Made by a job: to be evaluated and approved before it serves. */
    public boolean made() {
        return made;
    }

    /** A whole model, which is served by itself and may be adapted. */
    public boolean whole() {
        return whole;
    }
}
