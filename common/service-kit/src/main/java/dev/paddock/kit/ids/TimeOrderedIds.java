package dev.paddock.kit.ids;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes UUIDs of version 7 (RFC 9562): 48 bits of Unix milliseconds, a 12-bit counter, 62 random bits; strictly growing. */
public final class TimeOrderedIds {
    private static final int COUNTER_LIMIT = 1 << 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long milliseconds;
    private int counter;

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    public synchronized UUID next() {
        long now = clock.millis();
        if (now > milliseconds) {
            milliseconds = now;
            counter = 0;
        } else if (++counter == COUNTER_LIMIT) {
            milliseconds++;
            counter = 0;
        }
        long high = (milliseconds << 16) | 0x7000L | counter;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
