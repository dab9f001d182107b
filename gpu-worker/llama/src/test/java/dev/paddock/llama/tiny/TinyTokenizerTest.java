package dev.paddock.llama.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyTokenizerTest {
    @TempDir
    private Path folder;

    @Test
    void theRecipeGivesTheCheckedInFiles() throws IOException {
        TinyTokenizer.write(folder, Corpus.documents(TinyModel.DOCUMENTS, TinyModel.SEED), TinyModel.VOCABULARY);
        for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            assertThat(folder.resolve(file))
                    .hasSameBinaryContentAs(TinyModelFiles.folder().resolve(file));
        }
    }
}
