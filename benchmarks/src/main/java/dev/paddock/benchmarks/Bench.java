package dev.paddock.benchmarks;

import dev.paddock.benchmarks.peer.PeerProcess;
import dev.paddock.benchmarks.peer.PeerSetting;
import dev.paddock.llama.inference.libtorch.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark works with.
 *
 * @param model a GGUF file or a Hugging Face folder
 * @param peer where the peers are; null where none are installed
 * @param pairs rounds of each side that count, 1 or more
 * @param threads of one operator, on both sides
 * @param precision in which both sides compute
 * @param progress hears how far it is
 * @param versions of what took part; peers add theirs
 */
public record Bench(
        Path model,
        @Nullable PeerSetting peer,
        int pairs,
        int threads,
        Precision precision,
        Progress progress,
        Map<String, String> versions) {

    /**
     * Starts a peer and waits until its model is loaded; null where none are installed.
     *
     * @param script name of its script
     * @param task what the script is to do; with a model of its own where that is not the bench's
     */
    public @Nullable PeerProcess peer(String script, Map<String, Object> task) {
        if (peer == null) {
            return null;
        }
        progress.at("loading the peer", 0, 0);
        Map<String, Object> whole = new LinkedHashMap<>(task);
        whole.putIfAbsent("model", peer.model());
        whole.put("threads", threads);
        whole.put("precision", precision.name().toLowerCase(Locale.ROOT));
        PeerProcess process = PeerProcess.start(peer, script, whole);
        versions.putAll(process.versions());
        return process;
    }
}
