package dev.paddock.kit.artifacts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest written {@code sha256:<64 hex>}. */
public record Digest(String value) {
    private static final Pattern SYNTAX = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a digest (sha256:<64 hex>): " + value);
        }
    }

    public static Digest of(byte[] bytes) {
        MessageDigest algorithm = sha256();
        algorithm.update(bytes);
        return of(algorithm);
    }

    /** The digest of the bytes given to {@code algorithm} so far; resets it. */
    public static Digest of(MessageDigest algorithm) {
        return new Digest("sha256:" + HexFormat.of().formatHex(algorithm.digest()));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The 64 hexadecimal digits alone. */
    public String hex() {
        return value.substring("sha256:".length());
    }

    @Override
    public String toString() {
        return value;
    }
}
