package dev.paddock.kernels;

/** One head's keys or values of a block of tokens in fp32: where they lie, or unpacked. */
final class CacheTile {
    private final float[] room;
    private float[] numbers;
    private int first;

    /** @param size most numbers of a tile that is unpacked */
    CacheTile(int size) {
        room = new float[size];
        numbers = room;
    }

    float[] numbers() {
        return numbers;
    }

    int first() {
        return first;
    }

    /** It lies there. */
    void lies(float[] in, int at) {
        numbers = in;
        first = at;
    }

    /** Where it is to be unpacked, from 0 on. */
    float[] unpacked() {
        lies(room, 0);
        return room;
    }
}
