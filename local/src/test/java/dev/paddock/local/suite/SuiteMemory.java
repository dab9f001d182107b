package dev.paddock.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.SuiteState;
import dev.paddock.testkit.ResidentMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The process of a suite and that of its serving worker, and what they hold in memory.
 *
 * @param processes ids by name
 */
record SuiteMemory(Map<String, Long> processes) {
    private static final String WORKER = "worker-serving";
    private static final Pattern GENERATION =
            Pattern.compile("generation .*\\[0x([0-9a-f]+), 0x([0-9a-f]+), 0x[0-9a-f]+\\)");

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

    /**
     * Resident kilobytes by name outside of the Java heaps, whose pages were all touched, and without what the C library's allocator holds
     * free: that is the most it ever gave, such as to a compiler.
     */
    Map<String, Long> kilobytes() throws IOException, InterruptedException {
        Map<String, Long> memory = new TreeMap<>();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            long id = process.getValue();
            ask(id, "System.trim_native_heap");
            memory.put(process.getKey(), ResidentMemory.kilobytes(id) - heapKilobytes(ask(id, "GC.heap_info")));
        }
        return memory;
    }

    /** What the generations of the serial collector have taken. */
    private static long heapKilobytes(String heap) {
        long kilobytes = GENERATION
                .matcher(heap)
                .results()
                .mapToLong(found -> (Long.parseLong(found.group(2), 16) - Long.parseLong(found.group(1), 16)) / 1024)
                .sum();
        assertThat(kilobytes).as(heap).isPositive();
        return kilobytes;
    }

    private static String ask(long process, String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, String.valueOf(process), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor())
                .as("jcmd %d %s: %s", process, command, answer)
                .isZero();
        return answer;
    }
}
