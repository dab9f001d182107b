package dev.paddock.registry.log;

import org.jspecify.annotations.Nullable;

/** Reads one tenant's entries in order and finds the first that was changed, removed or inserted. */
public final class ChainVerifier {
    private final String tenant;
    private long entries;
    private String head = LogEntry.GENESIS;
    private @Nullable Long firstBroken;
    private @Nullable String reason;

    public ChainVerifier(String tenant) {
        this.tenant = tenant;
    }

    /** Verifies a whole chain. */
    public static ChainVerification verify(String tenant, Iterable<LogEntry> chain) {
        ChainVerifier verifier = new ChainVerifier(tenant);
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

    public ChainVerification outcome() {
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
        return null;
    }
}
