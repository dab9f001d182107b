package dev.paddock.gateway.keys;

import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The value of a key: {@code pk-} and 32 random bytes in base64url. With 256 bits of entropy nobody can try values, so one SHA-256
 * is enough to keep; a slow, salted hash guards guessable passwords and would only cost time at each request.
 */
record KeyValue(String text) {
    static final String PREFIX = "pk-";
    private static final int RANDOM_BYTES = 32;
    private static final int HINT = 4;

    static KeyValue random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new KeyValue(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String digest() {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    String hint() {
        return text.substring(text.length() - HINT);
    }

    @Override
    public String toString() {
        return "KeyValue[…]";
    }
}
