package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.SuiteState;
import dev.paddock.testkit.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The process of a suite and that of its serving worker, and what they hold in memory.
 *
 * @param processes ids by name
 */
record SuiteMemory(Map<String, Long> processes) {
    private static final String WORKER = "worker-serving";

    static SuiteMemory of(Home home) {
        long suite = SuiteState.recorded(home).orElseThrow().pid();
        Map<String, Long> processes = new TreeMap<>(Map.of("suite", suite));
        ProcessHandle.of(suite)
                .orElseThrow()
                .children()
                .filter(child -> commandLine(child.pid()).contains(WORKER))
                .forEach(child -> processes.put(WORKER, child.pid()));
        assertThat(processes).hasSize(2);
        return new SuiteMemory(processes);
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Resident kilobytes by name. */
    Map<String, Long> kilobytes() throws IOException {
        Map<String, Long> memory = new TreeMap<>();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            memory.put(process.getKey(), ResidentMemory.kilobytes(process.getValue()));
        }
        return memory;
    }
}
