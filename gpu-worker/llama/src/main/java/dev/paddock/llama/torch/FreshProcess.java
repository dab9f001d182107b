package dev.paddock.llama.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own for one task, started as workers are, with this one's class path and environment. What it takes of memory ends
 * with it. Its errors go where this one's do.
 */
public final class FreshProcess {
    private FreshProcess() {}

    /**
     * Runs a main class to its end.
     *
     * @param input what it reads
     * @return what it wrote
     * @throws IllegalStateException when it failed, with its exit code
     */
    public static String run(Class<?> main, String input, String... arguments) {
        List<String> command = new ArrayList<>(EngineProcess.java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                return output(process, main, input);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + main.getSimpleName(), e);
        }
    }

    private static String output(Process process, Class<?> main, String input) throws IOException {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(main.getSimpleName() + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + main.getSimpleName() + " ran", e);
        }
        return output;
    }
}
