package dev.paddock.local.cli;

import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.demo.DemoRunFile;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue;
import dev.paddock.local.model.ModelPuller.Pulled;
import dev.paddock.local.model.TinyModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The base that the demonstration adapts: the default one, or the tiny model that comes with the suite. */
record DemoBase(DemoPlan plan, int tickets) {
    private static final double DEFAULT_BAR = 0.85;
    private static final double TINY_BAR = 0.6;
    private static final int DEFAULT_TICKETS = 400;
    private static final int TINY_TICKETS = 480;
    private static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** The base of the run that the home is in, where it is registered still; else the one that is asked for. */
    static DemoBase of(LocalSuite suite, Console console, String asked, boolean fresh) {
        Optional<JsonNode> known = fresh ? Optional.empty() : registered(suite, asked);
        if (known.isPresent()) {
            console.line(
                    "  the run goes on with " + known.get().path("name").asString() + "; --fresh begins a new one");
        }
        return of(known.orElseGet(() -> ModelCommand.register(suite, find(suite, console, asked), console)));
    }

    private static Optional<JsonNode> registered(LocalSuite suite, String asked) {
        return DemoRunFile.base(suite.home(), asked).flatMap(digest -> suite.as("platform")
                .get("/api/v1/bases?limit=200")
                .path("items")
                .valueStream()
                .filter(base -> base.path("digest").asString().equals(digest))
                .findFirst());
    }

    private static Pulled find(LocalSuite suite, Console console, String asked) {
        if (asked.equals(DemoRunFile.TINY_BASE)) {
            return TinyModel.pulled();
        }
        try {
            ModelCatalogue catalogue = ModelCatalogue.of(suite.home());
            return ModelCommand.pull(suite.home(), catalogue.require(catalogue.defaultModel()), console);
        } catch (UserError e) {
            console.line("  " + e.getMessage());
            console.line(
                    "  No source gave the default base: the demonstration goes on with the tiny model that comes with the suite. 'paddock demo --fresh' looks for the default base again.");
            return TinyModel.pulled();
        }
    }

    private static DemoBase of(JsonNode version) {
        return version.path("name").asString().equals(TinyModel.NAME)
                ? of(version, parameters(32, 1e-3, 12, 2), TINY_BAR, TINY_TICKETS)
                : of(version, parameters(16, 2e-3, 2, 1), DEFAULT_BAR, DEFAULT_TICKETS);
    }

    /** Small batches: a few hundred short tickets are few tokens, and what counts is the number of updates. */
    private static Map<String, Object> parameters(int alpha, double learningRate, int epochs, int batchSize) {
        return Map.of(
                "r",
                8,
                "alpha",
                alpha,
                "learningRate",
                learningRate,
                "epochs",
                epochs,
                "batchSize",
                batchSize,
                "sequenceLength",
                256,
                "checkpointEvery",
                60,
                "targetModules",
                ALL_LINEAR);
    }

    private static DemoBase of(JsonNode version, Map<String, Object> parameters, double accuracyBar, int tickets) {
        DemoPlan plan = new DemoPlan(
                version.path("id").asString(),
                version.path("name").asString(),
                version.path("digest").asString(),
                parameters,
                accuracyBar);
        return new DemoBase(plan, tickets);
    }
}
