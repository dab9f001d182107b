package dev.paddock.dataset.upload;

import org.jspecify.annotations.Nullable;

/** Which columns of a CSV hold prompt and answer, and the system message that every row gets. */
record CsvColumns(
        String prompt, String completion, @Nullable String system) {
    static CsvColumns of(@Nullable String prompt, @Nullable String completion, @Nullable String system) {
        return new CsvColumns(
                prompt == null ? "prompt" : prompt, completion == null ? "completion" : completion, system);
    }
}
