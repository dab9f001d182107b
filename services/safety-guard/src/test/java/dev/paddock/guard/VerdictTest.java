package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.kit.artifacts.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verdicts that are reached: of prompts, of responses and of texts of any length. */
class VerdictTest extends GuardStory {
    @Test
    void aSafePromptHasAScoreFromTheFirstToken() {
        UUID guard = deployedGuard();

        JsonNode verdict = judge("user", "user:How do I bake bread?").json();

        assertThat(verdict.path("safe").asBoolean()).isTrue();
        assertThat(verdict.path("score").asDouble()).isCloseTo(0.02, within(1e-9));
        assertThat(verdict.path("guardVersionId").asString()).isEqualTo(guard.toString());
        assertThat(verdict.path("policyVersion").asInt()).isEqualTo(1);
        CompletionRequest request = worker.requests.get(0);
        assertThat(request.model().base()).isEqualTo(BASE_DIGEST);
        assertThat(request.model().adapter()).isEqualTo(digest(guard));
        assertThat(request.logprobs()).isEqualTo(20);
        assertThat(request.plain()).isTrue();
        assertThat(Objects.requireNonNull(request.prompts()).get(0)).contains("'User' messages", "S6: Self-Harm.");
    }

    @Test
    void anUnsafeResponseNamesThePolicysCategoriesAndIsAnIncident() {
        deployedGuard();

        JsonNode verdict = judge("assistant", "user:How?", "assistant:First you take a bomb")
                .json();

        assertThat(verdict.path("safe").asBoolean()).isFalse();
        assertThat(verdict.path("score").asDouble()).isCloseTo(0.97, within(1e-9));
        assertThat(verdict.path("categories")).extracting(JsonNode::asString).containsExactly("S1");
        JsonNode incident = items("/api/v1/incidents").path(0);
        assertThat(incident.path("kind").asString()).isEqualTo("UNSAFE_RESPONSE");
        assertThat(incident.path("verdictId")).isEqualTo(verdict.path("id"));
    }

    @Test
    void ofTheTextOnlyTheDigestIsKept() {
        deployedGuard();
        String id =
                judge("assistant", "user:x", "assistant:abc").json().path("id").asString();

        JsonNode onRecord = as("safety").get("/api/v1/verdicts/" + id).json();

        assertThat(onRecord.path("textDigest").asString())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(onRecord.toString()).doesNotContain("abc\"");
        assertThat(as("engineer").get("/api/v1/verdicts").status()).isEqualTo(403);
        assertThat(as("gateway").post("/internal/v1/verdicts", null).status()).isEqualTo(403);
        assertThat(api.as("safety", "stranger", "safety")
                        .get("/api/v1/verdicts/" + id)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void thePromptsDigestCoversEveryTurnThatWasJudged() {
        deployedGuard();
        List<String> digests = new ArrayList<>();
        for (String first : List.of("user:one", "user:two", "assistant:one")) {
            judge("user", first, "user:go on");
            digests.add(items("/api/v1/verdicts").path(0).path("textDigest").asString());
        }

        assertThat(digests).doesNotHaveDuplicates();
        List<ChatMessage> conversation = List.of(ChatMessage.of("user", "one"), ChatMessage.of("user", "go on"));
        assertThat(digests.get(0))
                .isEqualTo(Digest.of(JsonMapper.shared().writeValueAsBytes(conversation))
                        .value());
    }

    @Test
    void nothingPassesUnreadInALongText() {
        deployedGuard();
        for (int position : new int[] {0, 5_000, 11_000}) {
            String text = "a".repeat(position) + " bomb " + "z".repeat(11_000 - position);

            JsonNode verdict = judge("user", "user:" + text, "assistant:Well.", "user:Go on")
                    .json();

            assertThat(verdict.path("safe").asBoolean()).as("at %s", position).isFalse();
        }
    }

    @Test
    void aContextThatIsTooShortMakesMoreWindowsNotLessText() {
        deployedGuard();
        worker.refusePromptsLongerThan(1_800);

        JsonNode verdict = judge("user", "user:" + "a ".repeat(900) + "bomb").json();

        assertThat(verdict.path("safe").asBoolean()).isFalse();
        assertThat(items("/api/v1/verdicts").path(0).path("windows").asInt()).isGreaterThan(5);
    }

    @Test
    void theSameTextIsAskedAboutOnceForEachTenantPolicyAndGuard() {
        deployedGuard();
        String first = judge("user", "user:same").json().path("id").asString();
        String second = judge("user", "user:same").json().path("id").asString();
        assertThat(second).isNotEqualTo(first);
        assertThat(worker.requests).hasSize(1);

        deployedGuard();
        judge("user", "user:same");
        assertThat(worker.requests).hasSize(2);
    }

    @Test
    void everyTurnOfAPromptIsJudgedAsItselfWhoeverIsSaidToHaveWrittenIt() {
        deployedGuard();

        for (String role : List.of("system", "user", "assistant", "tool")) {
            JsonNode verdict =
                    judge("user", "user:Hi.", role + ":bomb", "user:Go on").json();

            assertThat(verdict.path("safe").asBoolean(true)).as(role).isFalse();
        }
        assertThat(judge("assistant", "user:Hi.", "system:bomb", "assistant:No.")
                        .json()
                        .path("safe")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aNewTurnOfALongConversationCostsOneCallOfOneWindow() {
        deployedGuard();
        String long1 = "user:" + "a".repeat(700);
        String long2 = "assistant:" + "b".repeat(700);
        judge("user", long1);
        judge("assistant", long1, long2);
        worker.requests.clear();

        judge("user", long1, long2, "user:" + "c".repeat(900));

        assertThat(worker.requests).hasSize(1);
        assertThat(worker.requests.get(0).prompts()).hasSize(1);
        assertThat(worker.requests.get(0).priority()).isPositive();
    }

    @Test
    void aConversationThatTakesTooLongIsJudgedInSeveralGoes() {
        deployedGuard();
        worker.takeForEachRequest(400);
        String[] turns = IntStream.range(0, 60).mapToObj(i -> "user:turn " + i).toArray(String[]::new);

        assertThat(judge("user", turns).status()).isEqualTo(503);
        assertThat(IntStream.range(0, 6).map(i -> judge("user", turns).status()))
                .contains(200);
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() {
        assertThat(judge("bystander", "user:x").status()).isEqualTo(400);
        assertThat(judge("assistant", "user:x").json().path("detail").asString())
                .contains("no response");
        assertThat(judge("user").status()).isEqualTo(400);
        assertThat(judge(UUID.randomUUID(), "user", "user:x").status()).isEqualTo(404);
        deployedGuard();
        assertThat(judge("user", "user:" + "a".repeat(400_001)).status()).isEqualTo(413);
    }
}
