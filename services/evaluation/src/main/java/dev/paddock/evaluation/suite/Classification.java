package dev.paddock.evaluation.suite;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.evaluation.gate.Gate;
import dev.paddock.evaluation.score.SpanSet;
import dev.paddock.evaluation.score.SpanSet.Span;
import dev.paddock.kit.artifacts.ArtifactStore;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test split of a classifier's own dataset version, against its base asked in the chat. */
@CatalogueEntry(
        id = "classification",
        family = "classification",
        summary =
                "The test split's labels (accuracy, macro-F1) or spans (micro-F1), against the base asked in the chat",
        paper = "Label Supervised LLaMA Finetuning")
public final class Classification implements Suite<Classification.Params> {
    private static final JsonMapper JSON = new JsonMapper();

    /** At most {@code limit} rows are asked, the first of the split, whose order is the split's seed's. */
    public record Params(
            @Parameter(value = "1000", description = "rows asked at most") @Min(1) @Max(100_000) int limit) {}

    @Override
    public boolean appliesTo(Subject subject) {
        return subject.classifier() != null;
    }

    @Override
    public SuiteItems items(Subject subject, ArtifactStore artifacts, Params params) {
        ClassifierLabels classifier = subject.classifier();
        if (subject.datasetDigest() == null || classifier == null) {
            return new SuiteItems(ContentDigest.of(new byte[0]), Protocol.LABEL, List.of());
        }
        byte[] bytes = DatasetArtifact.test(artifacts, subject.datasetDigest());
        List<Item> items = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .filter(row -> row.path("label").asBoolean(true) && row.has("spans") == classifier.spans())
                .limit(params.limit())
                .map(row -> item(row, classifier))
                .toList();
        String content = params.limit() + "\n" + classifier + "\n" + ContentDigest.of(bytes);
        return new SuiteItems(
                ContentDigest.of(content.getBytes(StandardCharsets.UTF_8)),
                classifier.spans() ? Protocol.SPANS : Protocol.LABEL,
                items);
    }

    @Override
    public Gate gate() {
        return Gate.better("classification");
    }

    private static Item item(JsonNode row, ClassifierLabels classifier) {
        List<ChatMessage> turns = new ArrayList<>();
        row.path("messages")
                .forEach(turn -> turns.add(ChatMessage.of(
                        turn.path("role").asString(), turn.path("content").asString())));
        String answer = classifier.spans()
                ? spans(row.path("spans")).text()
                : String.valueOf(turns.remove(turns.size() - 1).content());
        return new Item(row.path("id").asString(), List.copyOf(turns), classifier.labels(), answer);
    }

    private static SpanSet spans(JsonNode given) {
        return new SpanSet(given.valueStream()
                .map(span -> new Span(
                        span.path("start").asInt(),
                        span.path("end").asInt(),
                        span.path("label").asString()))
                .toList());
    }
}
