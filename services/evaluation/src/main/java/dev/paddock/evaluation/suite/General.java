package dev.paddock.evaluation.suite;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.evaluation.gate.Gate;
import dev.paddock.kit.artifacts.ArtifactStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** General knowledge that an adaptation must not cost: the suite's own multiple-choice questions. */
@CatalogueEntry(
        id = "general",
        family = "multiple-choice",
        summary = "Four-way questions of general knowledge by log-likelihood; a loss of five points fails",
        paper = "Are Biomedical LLMs superior? (domain versus general)")
public final class General implements Suite<General.Params> {
    private static final String RESOURCE = "/suites/general.jsonl";
    private static final JsonMapper JSON = new JsonMapper();

    /** Nothing to choose: the same questions for every version. */
    public record Params() {}

    @Override
    public SuiteItems items(Subject subject, ArtifactStore artifacts, Params params) {
        byte[] bytes = read();
        List<Item> items = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                items.add(item(JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SuiteItems(ContentDigest.of(bytes), Protocol.LOG_LIKELIHOOD, items);
    }

    @Override
    public Gate gate() {
        return Gate.notInferior("general");
    }

    private static Item item(JsonNode line) {
        List<String> choices = new ArrayList<>();
        line.path("choices").forEach(choice -> choices.add(choice.asString()));
        return new Item(
                line.path("id").asString(),
                List.of(ChatMessage.of("user", line.path("question").asString())),
                choices,
                choices.get(line.path("answer").asInt()));
    }

    private static byte[] read() {
        try (InputStream in = Objects.requireNonNull(General.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
