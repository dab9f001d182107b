package dev.paddock.llama.weights;

/**
 * GGUF's blocks of 32 numbers: a half-precision scale (and a minimum in the {@code _1} kinds), then the numbers; of 4-bit
 * numbers the low nibbles are elements 0–15 and the high ones 16–31, a fifth bit stands in a word of its own.
 */
final class Blocks {
    private static final int HALF = 16;

    private Blocks() {}

    static void q4_0(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        for (int i = 0; i < HALF; i++) {
            int pair = bytes[at + 2 + i];
            numbers[to + i] = ((pair & 0xF) - 8) * scale;
            numbers[to + HALF + i] = ((pair >> 4 & 0xF) - 8) * scale;
        }
    }

    static void q4_1(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        float minimum = LittleEndian.half(bytes, at + 2);
        for (int i = 0; i < HALF; i++) {
            int pair = bytes[at + 4 + i];
            numbers[to + i] = (pair & 0xF) * scale + minimum;
            numbers[to + HALF + i] = (pair >> 4 & 0xF) * scale + minimum;
        }
    }

    static void q5_0(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        int fifth = LittleEndian.int32(bytes, at + 2);
        for (int i = 0; i < HALF; i++) {
            int pair = bytes[at + 6 + i];
            numbers[to + i] = ((pair & 0xF) + fifthBit(fifth, i) - 16) * scale;
            numbers[to + HALF + i] = ((pair >> 4 & 0xF) + fifthBit(fifth, i + HALF) - 16) * scale;
        }
    }

    static void q5_1(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        float minimum = LittleEndian.half(bytes, at + 2);
        int fifth = LittleEndian.int32(bytes, at + 4);
        for (int i = 0; i < HALF; i++) {
            int pair = bytes[at + 8 + i];
            numbers[to + i] = ((pair & 0xF) + fifthBit(fifth, i)) * scale + minimum;
            numbers[to + HALF + i] = ((pair >> 4 & 0xF) + fifthBit(fifth, i + HALF)) * scale + minimum;
        }
    }

    static void q8_0(byte[] bytes, int at, float[] numbers, int to) {
        float scale = LittleEndian.half(bytes, at);
        for (int i = 0; i < 2 * HALF; i++) {
            numbers[to + i] = bytes[at + 2 + i] * scale;
        }
    }

    private static int fifthBit(int word, int element) {
        return (word >>> element & 1) << 4;
    }
}
