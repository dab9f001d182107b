package dev.paddock.kernels;

/**
 * A weight matrix {@code [rows, columns]} in one of five kinds of numbers, laid out for {@link Products}: rows lie side by
 * side in tiles of two vectors.
 */
public sealed interface Matrix permits TiledMatrix {
    /** Columns that share a scale in GGUF's kinds. */
    int GROUP = 32;

    /** Gives a matrix's rows one after the other. */
    interface Source<T> {
        /** Writes row {@code row}, which asks for all of {@code into}. */
        void read(int row, T into);
    }

    /** Outputs. */
    int rows();

    /** Inputs. */
    int columns();

    /** Numbers that a product writes for each row of x: {@link #rows} rounded up to whole tiles. */
    int stride();

    /** Bytes that the numbers take. */
    long bytes();

    /** Writes one row as fp32 to {@code into} from {@code at} on. */
    void row(int row, float[] into, int at);

    /** fp32 numbers. */
    static Matrix fp32(int rows, int columns, Source<float[]> source) {
        return new FloatMatrix(rows, columns, source);
    }

    /** bfloat16 numbers, to which those of the source are rounded, ties to even. */
    static Matrix bfloat16(int rows, int columns, Source<float[]> source) {
        return new BfloatMatrix(rows, columns, source);
    }

    /**
     * 8-bit numbers with a half-precision scale for each {@link #GROUP}.
     *
     * @param source rows of GGUF's Q8_0 blocks, 34 bytes each
     */
    static Matrix eightBit(int rows, int columns, Source<byte[]> source) {
        return new EightBitMatrix(rows, columns, source);
    }

    /**
     * 4-bit numbers less 8, with a half-precision scale for each {@link #GROUP}.
     *
     * @param source rows of GGUF's Q4_0 blocks, 18 bytes each
     */
    static Matrix fourBit(int rows, int columns, Source<byte[]> source) {
        return new FourBitMatrix(rows, columns, false, source);
    }

    /**
     * 4-bit numbers with a half-precision scale and minimum for each {@link #GROUP}.
     *
     * @param source rows of GGUF's Q4_1 blocks, 20 bytes each
     */
    static Matrix fourBitWithMinimum(int rows, int columns, Source<byte[]> source) {
        return new FourBitMatrix(rows, columns, true, source);
    }

    /**
     * 4-bit places in a code book, with an fp32 scale for each {@link CodedBlocks#BLOCK} columns: a number is {@code code · scale}.
     *
     * @param code the code book, sixteen numbers
     * @param source rows of blocks of 36 bytes, little endian: a scale, then 32 pairs of places, the first one in the high half
     */
    static Matrix codeBook(int rows, int columns, float[] code, Source<byte[]> source) {
        return new CodeBookMatrix(rows, columns, code, source);
    }
}
