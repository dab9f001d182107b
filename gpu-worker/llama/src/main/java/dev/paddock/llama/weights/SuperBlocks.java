package dev.paddock.llama.weights;

/** GGUF's blocks of 256 numbers, whose groups have small integer scales of their own under one half-precision scale. */
final class SuperBlocks {
    private SuperBlocks() {}

    /** Scale, scale of minima, 8 six-bit scales and minima in 12 bytes, 128 bytes of nibbles; groups of 32. */
    static void q4k(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        float minimumScale = LittleEndian.half(bytes, at + 2);
        for (int group = 0; group < 8; group++) {
            float groupScale = scale * sixBits(bytes, at + 4, group, false);
            float minimum = minimumScale * sixBits(bytes, at + 4, group, true);
            int from = at + 16 + group / 2 * 32;
            int shift = group % 2 * 4;
            for (int i = 0; i < 32; i++) {
                numbers[to + group * 32 + i] = groupScale * (bytes[from + i] >> shift & 0xF) - minimum;
            }
        }
    }

    private static int sixBits(byte[] bytes, int at, int group, boolean minimum) {
        int own = at + (minimum ? 4 : 0);
        if (group < 4) {
            return bytes[own + group] & 63;
        }
        int low = bytes[at + 4 + group] >> (minimum ? 4 : 0) & 0xF;
        int high = bytes[own + group - 4] >> 6 & 3;
        return low + (high << 4);
    }

    /** 128 bytes of low nibbles, 64 bytes of high bit pairs, 16 signed scales for groups of 16, one scale. */
    static void q6k(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at + 208);
        for (int i = 0; i < 256; i++) {
            int half = i / 128;
            int quarter = i % 128 / 32;
            int column = i % 32;
            int low = bytes[at + half * 64 + quarter % 2 * 32 + column] >> (quarter / 2 * 4) & 0xF;
            int high = bytes[at + 128 + half * 32 + column] >> (quarter * 2) & 3;
            numbers[to + i] = scale * bytes[at + 192 + i / 16] * ((low + (high << 4)) - 32);
        }
    }
}
