package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.VersionRegistered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is asked of an adapter and its base, and how it is scored and listed. */
class ItemStoryTest extends EvaluationTest {
    @Test
    void choicesAreScoredInTheChatWithEveryTurn() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"id\":\"row-" + i + "\",\"choices\":[\"card\",\"transfer\"],\"messages\":["
                    + "{\"role\":\"system\",\"content\":\"transfer\"},{\"role\":\"user\",\"content\":\"which one? " + i
                    + "\"},{\"role\":\"assistant\",\"content\":\"transfer\"}]}");
        }
        VersionRegistered version = version(rows);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(score(evaluation, "held-out", "base")).isZero();
        assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(1);
        assertThat(evaluation.path("scores").findValuesAsString("metric")).containsOnly("acc_norm");
    }

    @Test
    void anItemThatIsTooLongCountsAsWrongForBothAndIsCounted() throws IOException {
        for (boolean choices : new boolean[] {true, false}) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String question = i == 17 ? FakeWorker.OVERLONG : "code of " + i;
                String answer = choices ? "transfer" : "C-" + i;
                rows.add("{\"id\":\"row-" + i + "\"," + (choices ? "\"choices\":[\"card\",\"transfer\"]," : "")
                        + "\"messages\":[" + (choices ? "{\"role\":\"system\",\"content\":\"transfer\"}," : "")
                        + "{\"role\":\"user\",\"content\":\"" + question
                        + "\"},{\"role\":\"assistant\",\"content\":\"" + answer + "\"}]}");
            }
            VersionRegistered version = version(rows);
            register(version);

            JsonNode evaluation = completed(version.versionId());
            assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(39.0 / 40);
            assertThat(gate(evaluation, "held-out").path("detail").asString())
                    .contains("1 of 40 items are longer than the context");
            assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        }
    }

    @Test
    void anEvaluationListsItsOwnItemsAlone() throws IOException {
        VersionRegistered version = version();
        register(version);
        completed(version.versionId());
        String row = "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"code of one\"},"
                + "{\"role\":\"assistant\",\"content\":\"C-one\"}],\"label\":%b}";
        VersionRegistered other = version(List.of(row.formatted("only", true), row.formatted("judged-bad", false)));
        register(other);

        String evaluation = completed(other.versionId()).path("id").asString();
        List<String> heldOut = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.as("approver")
                    .get("/api/v1/evaluations/" + evaluation + "/items?limit=200" + cursor)
                    .json();
            page.path("items")
                    .valueStream()
                    .filter(pair -> pair.path("suite").asString().equals("held-out"))
                    .forEach(pair -> heldOut.add(pair.path("itemId").asString()));
            cursor = page.path("next").asString("").isEmpty()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        assertThat(heldOut).containsExactly("only");
    }
}
