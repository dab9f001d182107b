package dev.paddock.llama.torch;

import ai.djl.ndarray.types.DataType;

/** Element types of tensors with libtorch's own number for each, as TorchScript text writes them ({@code x.to(15)}). */
public enum ScalarType {
    UINT8(0, 1, DataType.UINT8),
    INT8(1, 1, DataType.INT8),
    INT16(2, 2, DataType.INT16),
    INT32(3, 4, DataType.INT32),
    INT64(4, 8, DataType.INT64),
    FLOAT16(5, 2, DataType.FLOAT16),
    FLOAT32(6, 4, DataType.FLOAT32),
    FLOAT64(7, 8, DataType.FLOAT64),
    BFLOAT16(15, 2, DataType.BFLOAT16);

    private final int code;
    private final int bytes;
    private final DataType dataType;

    ScalarType(int code, int bytes, DataType dataType) {
        this.code = code;
        this.bytes = bytes;
        this.dataType = dataType;
    }

    /** The type of libtorch's number; DJL itself takes bfloat16 for unknown. */
    static ScalarType of(int code) {
        for (ScalarType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("tensors of libtorch's type " + code + " have no memory for Java");
    }

    /** libtorch's scalar type number. */
    public int code() {
        return code;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    DataType dataType() {
        return dataType;
    }
}
