package dev.paddock.llama.training;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.Processor;
import dev.paddock.llama.torch.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In what a run is computed. The same run in the same environment gives the same bytes; on other threads or another processor
 * its sums round otherwise.
 *
 * @param threads threads of one operator
 * @param libtorch version of the engine and its natives
 * @param processor name and instruction sets
 * @param computeType type of the base and of the products; null where a run does not tell
 * @param earlier parts of the run that were computed elsewhere, oldest first
 */
public record RunEnvironment(
        int threads,
        String libtorch,
        String processor,
        @Nullable ScalarType computeType,
        List<Part> earlier) {
    public RunEnvironment {
        earlier = List.copyOf(earlier);
    }

    /** Steps up to one, on other threads or another processor than those that follow. */
    public record Part(int lastStep, int threads, String processor) {}

    /** Of a run that begins in this process. */
    public static RunEnvironment ofThisProcess(@Nullable ScalarType computeType) {
        return new RunEnvironment(
                Libtorch.threads(),
                Libtorch.version(),
                Processor.ofThisMachine().describe(),
                computeType,
                List.of());
    }

    /** This environment for a run that goes on in it after a step, up to which another one is on record. */
    RunEnvironment after(int step, RunEnvironment before) {
        List<Part> parts = new ArrayList<>(before.earlier());
        if (!roundsAs(before)) {
            parts.add(new Part(step, before.threads(), before.processor()));
        }
        return new RunEnvironment(threads, libtorch, processor, computeType, parts);
    }

    /** What is said of a run that goes on here after a step of another environment; empty where both round alike. */
    Optional<String> departure(int step, RunEnvironment before) {
        if (roundsAs(before)) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        if (threads != before.threads()) {
            changes.add("threads %d instead of %d".formatted(threads, before.threads()));
        }
        if (!processor.equals(before.processor())) {
            changes.add("processor %s instead of %s".formatted(processor, before.processor()));
        }
        return Optional.of("goes on after step %d in another environment: %s; sums round otherwise from here on, so the"
                        .formatted(step, String.join(", ", changes))
                + " result is not to the bit that of a run in one environment, and its lineage names both");
    }

    private boolean roundsAs(RunEnvironment other) {
        return threads == other.threads && processor.equals(other.processor);
    }
}
