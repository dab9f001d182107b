package dev.paddock.evaluation.suite;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.evaluation.gate.Gate;
import dev.paddock.kit.artifacts.ArtifactStore;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of the candidate's own dataset version that training never saw, but those whose answer was judged a bad one, and raw
 * documents, which ask nothing.
 */
@CatalogueEntry(
        id = "held-out",
        family = "generation",
        summary = "The test split in the chat, rows with choices first: log-likelihood among up to 8, else exact match",
        paper = "The Ultimate Guide to Fine-Tuning LLMs")
public final class HeldOut implements Suite<HeldOut.Params> {
    private static final int FEW_CHOICES = 8;
    private static final JsonMapper JSON = new JsonMapper();

    /** At most {@code limit} rows are asked, the first of the split, whose order is the split's seed's. */
    public record Params(
            @Parameter(value = "1000", description = "rows asked at most") @Min(1) @Max(100_000) int limit) {}

    @Override
    public SuiteItems items(Subject subject, ArtifactStore artifacts, Params params) {
        if (subject.datasetDigest() == null) {
            return new SuiteItems(ContentDigest.of(new byte[0]), Protocol.EXACT_MATCH, List.of());
        }
        byte[] bytes = DatasetArtifact.test(artifacts, subject.datasetDigest());
        List<Item> all = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .filter(row -> !row.path("messages").isEmpty() && !row.has("spans"))
                .filter(row -> row.path("label").asBoolean(true))
                .map(HeldOut::item)
                .toList();
        List<Item> items = askable(all).stream().limit(params.limit()).toList();
        boolean few = items.stream()
                .allMatch(i -> !i.choices().isEmpty() && i.choices().size() <= FEW_CHOICES);
        Protocol protocol = few ? Protocol.CHAT_LOG_LIKELIHOOD : Protocol.EXACT_MATCH;
        String content = params.limit() + "\n" + protocol + "\n" + ContentDigest.of(bytes);
        return new SuiteItems(ContentDigest.of(content.getBytes(StandardCharsets.UTF_8)), protocol, items);
    }

    @Override
    public Gate gate() {
        return Gate.better("held-out");
    }

    /** Rows whose answer is one of a closed set, where there are any: a free text is hardly ever met to the letter. */
    private static List<Item> askable(List<Item> all) {
        List<Item> closed =
                all.stream().filter(item -> !item.choices().isEmpty()).toList();
        return closed.isEmpty() ? all : closed;
    }

    private static Item item(JsonNode row) {
        List<ChatMessage> turns = new ArrayList<>();
        row.path("messages")
                .forEach(turn -> turns.add(ChatMessage.of(
                        turn.path("role").asString(), turn.path("content").asString())));
        List<String> choices = new ArrayList<>();
        row.path("choices").forEach(choice -> choices.add(choice.asString()));
        ChatMessage answer = turns.remove(turns.size() - 1);
        return new Item(row.path("id").asString(), List.copyOf(turns), choices, String.valueOf(answer.content()));
    }
}
