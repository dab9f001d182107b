package dev.paddock.dataset.version;

import dev.paddock.kit.artifacts.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The first 128 bits of a SHA-256, in which different texts differ. */
record RowKey(long high, long low) implements Comparable<RowKey> {
    static RowKey of(String... parts) {
        MessageDigest algorithm = Digest.sha256();
        for (String part : parts) {
            algorithm.update(part.getBytes(StandardCharsets.UTF_8));
            algorithm.update((byte) 0);
        }
        ByteBuffer hash = ByteBuffer.wrap(algorithm.digest());
        return new RowKey(hash.getLong(), hash.getLong());
    }

    /** This key's place in an order that {@code seed} shuffles. */
    RowKey shuffled(long seed) {
        return of(Long.toString(seed), high + ":" + low);
    }

    @Override
    public int compareTo(RowKey other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
