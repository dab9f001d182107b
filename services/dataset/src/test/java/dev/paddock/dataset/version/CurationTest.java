package dev.paddock.dataset.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dataset.recipe.EnterpriseDocs;
import dev.paddock.dataset.recipe.Sources;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.row.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurationTest {
    @TempDir
    private Path folder;

    @Test
    void everyRowIsKeptOrDroppedAndOnlyKeptRowsCountAsChanged() throws IOException {
        List<String> prompts = List.of("one", " one ", "two ", "two", "three", " \r");
        Path decisions = folder.resolve("decisions.jsonl");
        try (JsonLinesWriter rows = new JsonLinesWriter(folder.resolve("rows.jsonl"));
                JsonLinesWriter reasons = new JsonLinesWriter(decisions)) {
            Curation curation = new Curation(rows, reasons);
            new EnterpriseDocs().apply(PARAMS, sources(prompts), curation);
            assertThat(curation.changed()).isEqualTo(1);
            assertThat(curation.dropped()).isEqualTo(3);
            assertThat(curation.groups().size() + curation.dropped()).isEqualTo(prompts.size());
        }
        assertThat(Files.readAllLines(decisions)).hasSize(4);
    }

    private static final EnterpriseDocs.Params PARAMS =
            new EnterpriseDocs.Params(EnterpriseDocs.Params.Rows.both, 1200, 40, 32_000, 32);

    private static Sources sources(List<String> prompts) {
        return new Sources(List.of(), List.of(new Sources.UploadSource(new UUID(1, 1), visitor -> {
            for (int row = 0; row < prompts.size(); row++) {
                visitor.visit(
                        row,
                        new Example(
                                List.of(
                                        new Message(Message.USER, prompts.get(row)),
                                        new Message(Message.ASSISTANT, "answer")),
                                null));
            }
        })));
    }
}
