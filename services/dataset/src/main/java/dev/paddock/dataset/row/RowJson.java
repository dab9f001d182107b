package dev.paddock.dataset.row;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The mapper of rows: one line each, bounded in depth and length. */
public final class RowJson {
    public static final int MAX_LINE_CHARACTERS = 1 << 20;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxStringLength(MAX_LINE_CHARACTERS)
                            .build())
                    .build())
            .build();

    private RowJson() {}
}
