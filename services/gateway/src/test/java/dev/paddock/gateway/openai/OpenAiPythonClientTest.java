package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The unmodified openai package; the python that has it is named by PADDOCK_TEST_PYTHON, else python3 is tried. */
@GatewayTest
class OpenAiPythonClientTest {
    @Autowired
    private Callers callers;

    @TempDir
    Path folder;

    @Test
    void theUnmodifiedPythonClientWorks() throws Exception {
        String python =
                Optional.ofNullable(System.getenv("PADDOCK_TEST_PYTHON")).orElse("python3");
        assumeTrue(run(python, "-c", "import openai").status() == 0, "no " + python + " with the package openai");
        World.reset();
        Result result = run(python, script().toString(), World.URL + "/v1", callers.key("python"));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok");
    }

    private Path script() throws IOException {
        Path script = folder.resolve("client.py");
        try (InputStream in = getClass().getResourceAsStream("/openai_client.py")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        return script;
    }

    private Result run(String... command) throws InterruptedException {
        try {
            Path output = folder.resolve("output");
            List<String> words = new ArrayList<>(List.of(command));
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "too slow");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Result(-1, e.toString());
        }
    }

    private record Result(int status, String output) {}
}
