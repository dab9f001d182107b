package dev.paddock.llama.weights;

import dev.paddock.llama.config.MalformedModelFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a GGUF header's numbers and texts one after another; nothing is allocated before its bytes are known to be there. */
final class GgufCursor {
    private static final int MOST_BYTES = 1 << 28;

    private final MappedFile file;
    private final ByteBuffer bytes;

    GgufCursor(MappedFile file) {
        this.file = file;
        this.bytes = file.part(0, (int) Math.min(file.size(), MOST_BYTES));
    }

    int int8() {
        return need(1).get();
    }

    int int16() {
        return need(2).getShort();
    }

    int int32() {
        return need(4).getInt();
    }

    long int64() {
        return need(8).getLong();
    }

    /** An unsigned 64-bit number. */
    long unsigned64(String what) {
        long value = int64();
        if (value < 0) {
            throw malformed(what + " is " + Long.toUnsignedString(value) + "; it must be below 2^63");
        }
        return value;
    }

    /** A number of things of which each takes at least {@code leastBytes}. */
    int count(String what, int leastBytes, int most) {
        long count = unsigned64(what);
        long room = Math.min(most, bytes.remaining() / leastBytes);
        if (count > room) {
            throw malformed(what + " is " + count + "; there is room for " + room);
        }
        return (int) count;
    }

    String text(String what) {
        int length = count("length of " + what, 1, Integer.MAX_VALUE);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException failure) {
            throw malformed(what + " is no UTF-8");
        }
    }

    int position() {
        return bytes.position();
    }

    MalformedModelFileException malformed(String rule) {
        return file.malformed(rule);
    }

    private ByteBuffer need(int length) {
        if (bytes.remaining() < length) {
            throw malformed("its header goes on at byte " + bytes.position() + "; there are only " + bytes.limit());
        }
        return bytes;
    }
}
