package dev.paddock.llama.weights;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What bitsandbytes says of a matrix beside its tensors: JSON in a tensor of bytes. */
record Nf4State(String matrix, JsonNode json) {
    /**
     * Parses and checks.
     *
     * @throws UnsupportedModelException for other types and blocks than NF4's usual ones
     * @throws MalformedModelFileException for what is no such JSON
     */
    static Nf4State parse(String matrix, ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        try {
            Nf4State state = new Nf4State(matrix, JsonMapper.shared().readTree(text));
            state.require("quant_type", "nf4");
            state.require("blocksize", TensorType.NF4.blockElements());
            if (state.isNested()) {
                state.require("nested_blocksize", Nf4Scales.BLOCK);
                state.require("nested_dtype", "float32");
            }
            return state;
        } catch (JacksonException failure) {
            throw new MalformedModelFileException("quant_state of " + matrix + " is no JSON", failure);
        }
    }

    private void require(String field, Object value) {
        JsonNode found = json.path(field);
        if (!found.asString("").equals(value.toString())) {
            throw new UnsupportedModelException(field + " of " + matrix + " is " + found + "; supported is " + value);
        }
    }

    /** Whether scales are quantized again. */
    boolean isNested() {
        return json.has("nested_blocksize") || json.has("nested_offset");
    }

    /** Rows and columns. */
    List<Long> shape() {
        List<Long> sizes = json.path("shape")
                .valueStream()
                .filter(size -> size.isIntegralNumber() && size.canConvertToInt() && size.intValue() > 0)
                .map(JsonNode::longValue)
                .toList();
        if (sizes.size() != 2 || json.path("shape").size() != 2) {
            throw new MalformedModelFileException(
                    "shape of " + matrix + " is " + json.path("shape") + "; it must be two integers from 1");
        }
        return sizes;
    }

    /** The scales' mean. */
    float offset() {
        JsonNode offset = json.path("nested_offset");
        if (!offset.isNumber() || !Float.isFinite((float) offset.doubleValue())) {
            throw new MalformedModelFileException(
                    "nested_offset of " + matrix + " is " + offset + "; it must be a finite number");
        }
        return (float) offset.doubleValue();
    }
}
