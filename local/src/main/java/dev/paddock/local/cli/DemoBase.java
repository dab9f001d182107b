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
    private static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    static DemoBase of(LocalSuite suite, Console console, boolean tiny) {
        if (!tiny) {
            try {
                ModelCatalogue catalogue = ModelCatalogue.of(suite.home());
                Pulled pulled = ModelCommand.pull(suite.home(), catalogue.require(catalogue.defaultModel()), console);
                return of(
                        ModelCommand.register(suite, pulled, console),
                        Map.of(
                                "r",
                                8,
                                "alpha",
                                16,
                                "learningRate",
                                1e-3,
                                "epochs",
                                3,
                                "targetModules",
                                ALL_LINEAR,
                                "checkpointEvery",
                                50),
                        0.85,
                        480);
            } catch (UserError e) {
                console.line("  " + e.getMessage());
                console.line(
                        "  No source gave the default base: the demonstration goes on with the tiny model that comes with the suite.");
            }
        }
        return of(
                ModelCommand.register(suite, TinyModel.pulled(), console),
                Map.of(
                        "r",
                        8,
                        "alpha",
                        16,
                        "learningRate",
                        5e-3,
                        "epochs",
                        12,
                        "targetModules",
                        ALL_LINEAR,
                        "checkpointEvery",
                        50),
                0.85,
                480);
    }

    private static DemoBase of(JsonNode version, Map<String, Object> parameters, double bar, int tickets) {
        return new DemoBase(
                new DemoPlan(
                        version.path("id").asString(),
                        version.path("name").asString(),
                        version.path("digest").asString(),
                        parameters,
                        bar),
                tickets);
    }
}
