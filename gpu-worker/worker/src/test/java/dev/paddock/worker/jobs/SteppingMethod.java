package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.Choice;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/** A method whose steps take as long as asked; it tells its course as every method does. */
@CatalogueEntry(id = "stepping", family = "tests", summary = "Steps without learning.", paper = "none", example = """
        {"method":"stepping","params":{"steps":3}}
        """)
public final class SteppingMethod implements TrainingMethod<SteppingMethod.Params> {
    /** How it steps. */
    public record Params(
            @Parameter(value = "3", description = "steps of the run")
            int steps,

            @Parameter(value = "0", description = "milliseconds that a step takes")
            int pause,

            @Parameter(value = "false", description = "fails after the last step")
            boolean fails,

            @Parameter(value = "false", description = "breaks down with an error after the last step")
            boolean breaks) {}

    @Override
    public String adapter() {
        return "none";
    }

    @Override
    public String objective() {
        return "none";
    }

    @Override
    public void train(Params params, Choice choice, TrainingInput input, TrainingObserver observer) {
        observer.log("begins");
        for (int step = 1; step <= params.steps(); step++) {
            sleep(params.pause());
            observer.progressed(
                    new TrainingProgress(step, params.steps(), 1.0 / step, 0.1, 1, 100, Duration.ofSeconds(1), 1));
            observer.metric(step, "domain_perplexity", 8.0 / step);
        }
        if (params.fails()) {
            throw new IllegalStateException("it was asked to fail");
        }
        if (params.breaks()) {
            throw new UnsatisfiedLinkError("a native function is missing");
        }
        try {
            Files.createDirectories(input.output());
            Files.writeString(input.output().resolve("adapter_config.json"), "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a step was interrupted", e);
        }
    }
}
