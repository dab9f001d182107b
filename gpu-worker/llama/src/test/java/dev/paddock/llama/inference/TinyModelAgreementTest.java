package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TinyModelAgreementTest extends TinyModelAgreement {
    private static final int THREADS = Libtorch.threads();

    @TempDir
    Path temporary;

    @Override
    protected Executor executor(WeightSource source) {
        return new LibtorchExecutor(source, Precision.FP32);
    }

    /** Products this small are not worth a second thread. */
    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @AfterAll
    static void allThreads() {
        Libtorch.setThreads(THREADS);
    }

    @Test
    void adaptersThatAreNotServedAreRefusedByName() throws IOException {
        assertRefused(
                "\"use_dora\": false",
                "\"use_dora\": true",
                MalformedModelFileException.class,
                "lora_magnitude_vector is missing");
        assertRefused("\"bias\": \"none\"", "\"bias\": \"all\"", UnsupportedModelException.class, "bias is \"all\"");
        assertRefused("\"r\": 4", "\"r\": 5", MalformedModelFileException.class, "its rank should be 5");
        assertRefused("\"r\": 4", "\"r\": {", MalformedModelFileException.class, "no JSON");
    }

    private void assertRefused(String from, String to, Class<? extends Exception> type, String message)
            throws IOException {
        String config = Files.readString(FOLDER.resolve("adapter/adapter_config.json"));
        assertThat(config).contains(from);
        Files.writeString(temporary.resolve("adapter_config.json"), config.replace(from, to));
        Path weights = temporary.resolve("adapter_model.safetensors");
        if (!Files.exists(weights)) {
            Files.copy(FOLDER.resolve("adapter/adapter_model.safetensors"), weights);
        }
        assertThatThrownBy(() -> PeftAdapter.read(temporary)).isInstanceOf(type).hasMessageContaining(message);
    }
}
