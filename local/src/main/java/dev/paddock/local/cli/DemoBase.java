package dev.paddock.local.cli;

import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue;
import dev.paddock.local.model.ModelPuller.Pulled;
import dev.paddock.local.model.TinyModel;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The base that the demonstration adapts: the default one, or the tiny model that comes with the suite. */
record DemoBase(DemoPlan plan, int tickets) {
    private static final double DEFAULT_BAR = 0.85;
    private static final double TINY_BAR = 0.6;
    private static final int TICKETS = 480;
    private static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    static DemoBase of(LocalSuite suite, Console console, boolean tiny) {
        if (!tiny) {
            try {
                ModelCatalogue catalogue = ModelCatalogue.of(suite.home());
                Pulled pulled = ModelCommand.pull(suite.home(), catalogue.require(catalogue.defaultModel()), console);
                return of(ModelCommand.register(suite, pulled, console), parameters(16, 2e-3, 2), DEFAULT_BAR);
            } catch (UserError e) {
                console.line("  " + e.getMessage());
                console.line(
                        "  No source gave the default base: the demonstration goes on with the tiny model that comes with the suite.");
            }
        }
        return of(ModelCommand.register(suite, TinyModel.pulled(), console), parameters(32, 1e-3, 12), TINY_BAR);
    }

    /** Small batches, since a few hundred short tickets are few tokens. */
    private static Map<String, Object> parameters(int alpha, double learningRate, int epochs) {
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
                2,
                "sequenceLength",
                256,
                "checkpointEvery",
                40,
                "targetModules",
                ALL_LINEAR);
    }

    private static DemoBase of(JsonNode version, Map<String, Object> parameters, double accuracyBar) {
        DemoPlan plan = new DemoPlan(
                version.path("id").asString(),
                version.path("name").asString(),
                version.path("digest").asString(),
                parameters,
                accuracyBar);
        return new DemoBase(plan, TICKETS);
    }
}
