package dev.paddock.catalogue;

/** What compiler and registry both demand of an entry's names. */
public final class EntryIds {
    /** Syntax of ids and families. */
    public static final String SYNTAX = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** The syntax in words. */
    public static final String RULE = "lower-case words joined by hyphens";

    /** Name of the record nested in every entry. */
    public static final String PARAMS = "Params";

    private EntryIds() {}
}
