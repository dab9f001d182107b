package dev.paddock.local.cli;

import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.demo.DemoMaterial;
import dev.paddock.local.demo.DemoRunFile;
import dev.paddock.local.demo.GeneralRows;
import dev.paddock.local.demo.TicketGenerator;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue;
import dev.paddock.local.model.ModelPuller.Pulled;
import dev.paddock.local.model.TinyModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The base that the demonstration adapts, with the rows for it: the default one, or the tiny model that comes with the suite. */
record DemoBase(DemoPlan plan, List<DemoMaterial.File> rows) {
    private static final double DEFAULT_BAR = 0.85;
    private static final double TINY_BAR = 0.6;
    private static final int DEFAULT_TICKETS = 400;
    private static final int TINY_TICKETS = 2_400;
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

    /** The tiny model forgets fast: it takes small steps on many tickets, and general questions are replayed to it. */
    private static DemoBase of(JsonNode version) {
        return version.path("name").asString().equals(TinyModel.NAME)
                ? new DemoBase(
                        plan(version, parameters(8, 4e-4, 4), TINY_BAR),
                        List.of(tickets(TINY_TICKETS), GeneralRows.file()))
                : new DemoBase(plan(version, parameters(16, 2e-3, 2), DEFAULT_BAR), List.of(tickets(DEFAULT_TICKETS)));
    }

    private static DemoMaterial.File tickets(int count) {
        return new DemoMaterial.File("tickets.jsonl", TicketGenerator.jsonl(42, count));
    }

    /** One packed row in an update: a few hundred short tickets are few tokens, and what counts is the number of updates. */
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
                1,
                "sequenceLength",
                256,
                "checkpointEvery",
                60,
                "targetModules",
                ALL_LINEAR);
    }

    private static DemoPlan plan(JsonNode version, Map<String, Object> parameters, double accuracyBar) {
        return new DemoPlan(
                version.path("id").asString(),
                version.path("name").asString(),
                version.path("digest").asString(),
                parameters,
                accuracyBar);
    }
}
