package dev.paddock.registry.log;

import org.jspecify.annotations.Nullable;

/** Reads one tenant's entries in order and finds the first that was changed, removed, inserted or cut off. */
public final class ChainVerifier {
    private final String tenant;
    private final LogAnchor.@Nullable Noted anchor;
    private long entries;
    private String head = LogEntry.GENESIS;
    private @Nullable Long firstBroken;
    private @Nullable String reason;

    /** @param anchor an entry that must still be there as it was noted; null where none was noted */
    ChainVerifier(String tenant, LogAnchor.@Nullable Noted anchor) {
        this.tenant = tenant;
        this.anchor = anchor;
    }

    /** Verifies a whole chain. */
    public static ChainVerification verify(String tenant, Iterable<LogEntry> chain) {
        ChainVerifier verifier = new ChainVerifier(tenant, null);
        chain.forEach(verifier::accept);
        return verifier.outcome();
    }

    /** Takes the next entry; after the first broken one the rest is only counted. */
    public void accept(LogEntry entry) {
        long expected = ++entries;
        if (firstBroken == null) {
            reason = fault(entry, expected);
            firstBroken = reason == null ? null : (Long) expected;
        }
        head = entry.hash();
    }

    /** Says that something is missing after the last entry. */
    void cutOff(String what) {
        if (firstBroken == null) {
            firstBroken = entries + 1;
            reason = what;
        }
    }

    public ChainVerification outcome() {
        if (anchor != null && anchor.sequence() > entries) {
            cutOff("entries were cut off: there were " + anchor.sequence() + " or more");
        }
        return new ChainVerification(firstBroken == null, entries, head, firstBroken, reason);
    }

    private @Nullable String fault(LogEntry entry, long expected) {
        if (entry.sequence() != expected) {
            return "entry " + expected + " is missing; found " + entry.sequence() + " in its place";
        }
        if (!entry.tenant().equals(tenant)) {
            return "entry belongs to another tenant";
        }
        if (!entry.previousHash().equals(head)) {
            return "entry does not continue the one before it";
        }
        if (!entry.computedHash().equals(entry.hash())) {
            return "entry was changed after it was written";
        }
        if (anchor != null && anchor.sequence() == expected && !anchor.hash().equals(entry.hash())) {
            return "entry is another than the one that was noted: " + anchor.hash();
        }
        return null;
    }
}
