package dev.paddock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.benchmarks.peer.PeerSetting;
import dev.paddock.llama.inference.libtorch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real benchmarks, each in its own process, on the tiny model. */
class BenchmarkProcessTest {
    private static final Path TINY = Path.of("../gpu-worker/llama/src/main/resources/dev/paddock/llama/tiny/model")
            .toAbsolutePath();
    private static final List<String> FIELDS =
            List.of("name", "ours", "unit", "peer", "ratio", "machineLimit", "versions", "machine", "command", "date");

    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    private List<Result> run(String benchmark, Map<String, Object> sizes, @Nullable PeerSetting peer) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        Path libtorch = Path.of(Objects.requireNonNull(System.getenv("DJL_CACHE_DIR")));
        BenchmarkProcess process =
                new BenchmarkProcess(libtorch, folder.resolve("log"), "paddock bench", Map.of("paddock", "1"), clock);
        BenchmarkOrder order = new BenchmarkOrder(benchmark, sizes, TINY.toString(), peer, 2, 1, Precision.FP32);
        return process.run(order, (what, done, total) -> progress.add(what));
    }

    @Test
    void trainingIsMeasuredWithoutPeersInTheFieldsThatOthersRead() {
        List<Result> results = run("training", Map.of("rows", 2, "length", 16, "steps", 1), null);
        assertThat(results).extracting(Result::name).containsExactly("training", "training-peak-memory");
        Result speed = results.get(0);
        assertThat(speed.ours())
                .isPositive()
                .isLessThan(Objects.requireNonNull(speed.machineLimit()).figure());
        assertThat(results.get(1).ours()).isBetween(50e6, 1.5e9);
        assertThat(progress).contains("training: warming up", "training");
        JsonNode json = JsonMapper.shared().valueToTree(speed);
        assertThat(json.propertyNames()).containsExactlyInAnyOrderElementsOf(FIELDS);
        assertThat(json.path("peer").isNull()).isTrue();
        assertThat(json.path("date").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.path("versions").propertyNames()).contains("paddock", "java", "libtorch");
        assertThat(ResultTable.lines(results)).first().asString().contains("peer not measured");
    }

    /** A peer of this test's own: 1,000 tokens a second, 7 MiB. */
    private PeerSetting peer(String round) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        Files.writeString(folder.resolve("generation.py"), """
                read task
                echo '{"name":"fixed 1.0","versions":{"fixed":"1.0"}}'
                while read command; do
                  case $command in
                    round) echo '%s' ;;
                    memory) echo '{"peakMemoryBytes":7340032}' ;;
                  esac
                done
                """.formatted(round));
        return new PeerSetting("/bin/sh", folder.toString(), TINY.toString());
    }

    @Test
    void decodingIsComparedWithAPeerByTurns() throws IOException {
        List<Result> results =
                run("decode", Map.of("prompt", 4, "tokens", 4), peer("{\"tokens\":100,\"seconds\":0.1}"));
        Result speed = results.get(0);
        assertThat(speed.peer()).isEqualTo(new Figure.Peer("fixed 1.0", 1000));
        assertThat(Objects.requireNonNull(speed.ratio())).isCloseTo(speed.ours() / 1000, within(1e-9));
        assertThat(Objects.requireNonNull(results.get(1).peer()).figure()).isEqualTo(7 << 20);
        assertThat(speed.versions()).containsEntry("fixed", "1.0");
        assertThat(ResultTable.lines(results)).first().asString().contains("fixed 1.0: 1000 tokens/s");
    }

    @Test
    void aPeerThatFailsEndsTheBenchmarkWithItsOwnWords() throws IOException {
        PeerSetting broken = peer("{\"error\":\"no memory left\"}");
        assertThatThrownBy(() -> run("prefill", Map.of("prompt", 4, "prompts", 1), broken))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("generation.py says: no memory left");
    }

    @Test
    void adaptersAreLoadedWhileAnAnswerRuns() {
        List<Result> results = run("adapter-load", Map.of("rank", 2, "loads", 3, "tokens", 4), null);
        assertThat(results)
                .extracting(Result::name)
                .containsExactly(
                        "adapter-load",
                        "adapter-load-longest",
                        "token-without-loads",
                        "token-longest-without-loads",
                        "token-with-loads",
                        "token-longest-with-loads");
        assertThat(results).allSatisfy(result -> assertThat(result.ours()).isBetween(0.001, 60_000.0));
        assertThat(results.get(1).ours()).isGreaterThanOrEqualTo(results.get(0).ours());
    }

    @Test
    void theMachinesLimitsAreMeasured() {
        List<Result> results = run("limits", Map.of("size", 128, "mebibytes", 8), null);
        assertThat(results)
                .extracting(Result::name)
                .containsExactly("limits-sgemm", "limits-bf16-gemm", "limits-memory-read");
        assertThat(results).allSatisfy(result -> assertThat(result.ours()).isBetween(0.01, 1e5));
    }
}
