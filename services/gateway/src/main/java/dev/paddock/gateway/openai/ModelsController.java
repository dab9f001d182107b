package dev.paddock.gateway.openai;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.model.DeployedModels;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/models}: what is deployed; an adapter's parent is its base. */
@RestController
class ModelsController {
    private final DeployedModels models;

    ModelsController(DeployedModels models) {
        this.models = models;
    }

    @GetMapping("/v1/models")
    void list(Asker asker, HttpServletResponse response) throws IOException {
        OpenAiResponses.write(
                response,
                new Wire.Models(
                        "list",
                        models.list(asker.tenant()).stream()
                                .map(ModelsController::wire)
                                .toList()));
    }

    @GetMapping("/v1/models/{*name}")
    void one(Asker asker, @PathVariable String name, HttpServletResponse response) throws IOException {
        OpenAiResponses.write(response, wire(models.require(asker.tenant(), name.substring(1))));
    }

    private static Wire.Model wire(ServedModel model) {
        return new Wire.Model(
                model.model(),
                "model",
                model.deployedAt().getEpochSecond(),
                "paddock",
                model.adapterDigest() == null ? null : model.baseName());
    }
}
