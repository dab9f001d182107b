package dev.paddock.catalogue;

import java.util.Collection;
import java.util.List;

/** A caller named an entry that is not in the catalogue. */
public final class UnknownEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient List<String> nearNames;

    /**
     * Looks the near names up.
     *
     * @param kind what an entry is called, for instance {@code training method}
     * @param id the unknown name
     * @param known all names there are
     */
    public UnknownEntryException(String kind, String id, Collection<String> known) {
        this(kind, id, known, NearNames.of(id, known));
    }

    private UnknownEntryException(String kind, String id, Collection<String> known, List<String> nearNames) {
        super("'%s' is not a known %s; %s".formatted(id, kind, NearNames.advice(nearNames, known)));
        this.id = id;
        this.nearNames = nearNames;
    }

    /** The unknown name. */
    public String id() {
        return id;
    }

    /** Known names close to it, nearest first, possibly none. */
    public List<String> nearNames() {
        return nearNames;
    }
}
