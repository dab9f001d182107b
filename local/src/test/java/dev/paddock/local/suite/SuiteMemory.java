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

    /** Resident kilobytes by name, without what the C library's allocator holds free: that is the most it ever gave, such as to a compiler. */
    Map<String, Long> kilobytes() throws IOException, InterruptedException {
        Map<String, Long> memory = new TreeMap<>();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            trim(process.getValue());
            memory.put(process.getKey(), ResidentMemory.kilobytes(process.getValue()));
        }
        return memory;
    }

    private static void trim(long process) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int status = new ProcessBuilder(jcmd, String.valueOf(process), "System.trim_native_heap")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(status).as("jcmd %d System.trim_native_heap", process).isZero();
    }
}
