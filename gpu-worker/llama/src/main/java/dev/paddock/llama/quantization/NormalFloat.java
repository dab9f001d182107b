package dev.paddock.llama.quantization;

/** The code book of NF4: sixteen quantiles of a normal distribution, scaled to [-1, 1] (arXiv:2305.14314, appendix E). */
final class NormalFloat {
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
    static float[] code() {
        return CODE.clone();
    }

    /** Place of the number nearest to {@code value}; the lower one on a border. */
    static int nearest(float value) {
        int place = value > BORDERS[7] ? 8 : 0;
        place += value > BORDERS[place + 3] ? 4 : 0;
        place += value > BORDERS[place + 1] ? 2 : 0;
        return place + (value > BORDERS[place] ? 1 : 0);
    }

    private static float[] borders() {
        float[] borders = new float[CODE.length - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = (CODE[i] + CODE[i + 1]) / 2;
        }
        return borders;
    }
}
