package dev.paddock.llama.weights;

/** The code book of NF4: sixteen quantiles of a normal distribution, scaled to [-1, 1] (arXiv:2305.14314, appendix E). */
public final class NormalFloat {
    private static final float[] CODE = {
        -1,
        -0.6961928f,
        -0.52507305f,
        -0.3949175f,
        -0.28444138f,
        -0.18477343f,
        -0.091050036f,
        0,
        0.0795803f,
        0.1609302f,
        0.2461123f,
        0.33791524f,
        0.44070983f,
        0.562617f,
        0.72295684f,
        1
    };
    /** Half way between neighbours. */
    private static final float[] BORDERS = borders();

    private NormalFloat() {}

    /** The sixteen numbers, ascending. */
    public static float[] code() {
        return CODE.clone();
    }

    /** Place of the number nearest to {@code value}; the lower one on a border. */
    public static int nearest(float value) {
        int place = value > BORDERS[7] ? 8 : 0;
        place += value > BORDERS[place + 3] ? 4 : 0;
        place += value > BORDERS[place + 1] ? 2 : 0;
        return place + (value > BORDERS[place] ? 1 : 0);
    }

    /** A block: an fp32 scale and 64 places, two in a byte, the first one in the high half; a number is {@code code · scale}. */
    static void decode(byte[] bytes, int at, float[] numbers, int to) {
        float scale = Float.intBitsToFloat(LittleEndian.int32(bytes, at));
        for (int i = 0; i < TensorType.NF4.blockElements(); i += 2) {
            int pair = bytes[at + Float.BYTES + i / 2];
            numbers[to + i] = CODE[pair >> 4 & 0xF] * scale;
            numbers[to + i + 1] = CODE[pair & 0xF] * scale;
        }
    }

    private static float[] borders() {
        float[] borders = new float[CODE.length - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = (CODE[i] + CODE[i + 1]) / 2;
        }
        return borders;
    }
}
