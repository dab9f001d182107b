package dev.paddock.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProblemTest {
    private static final String PATH = "/api/v1/datasets";

    @Autowired
    private TestApi api;

    @Test
    void everyBrokenRuleIsNamedWithItsValue() {
        JsonNode problem = problem(400, api.as("steward").post(PATH, Map.of("name", " ", "size", -3)));
        assertThat(problem.path("code").asString()).isEqualTo("invalid-request");
        assertThat(problem.path("errors")).hasSize(2);
        assertThat(problem.path("errors").toString()).contains("\"field\":\"size\",\"value\":-3,\"rule\":");
    }

    @Test
    void jsonThatCannotBeReadIsShownWhere() {
        byte[] broken = "{\"name\":\n \"x\",,}".getBytes(StandardCharsets.UTF_8);
        JsonNode problem = problem(400, api.as("steward").post(PATH, MediaType.APPLICATION_JSON, broken));
        assertThat(problem.path("detail").asString()).contains("line 2, column");
        JsonNode unknown = problem(400, api.as("steward").post(PATH, Map.of("name", "x", "size", 1, "sise", 1)));
        assertThat(unknown.path("detail").asString()).contains("sise").contains("size");
        JsonNode missing = problem(400, api.as("steward").post(PATH, Map.of("name", "x")));
        assertThat(missing.path("detail").asString()).contains("size is null: is needed");
        JsonNode wrongType = problem(400, api.as("steward").post(PATH, Map.of("name", "x", "size", "many")));
        assertThat(wrongType.path("errors").get(0).path("field").asString()).isEqualTo("size");
    }

    @Test
    void methodsMediaTypesAndListsAreProblemsToo() {
        problem(415, api.as("steward").post(PATH, MediaType.TEXT_PLAIN, new byte[] {1}));
        JsonNode limit = problem(400, api.as("platform").get("/api/v1/kit-test/dead-letters?limit=201"));
        assertThat(limit.path("detail").asString()).contains("201").contains("200");
        problem(400, api.as("platform").get("/api/v1/kit-test/dead-letters?cursor=!"));
        problem(400, api.as("platform").get("/api/v1/kit-test/dead-letters/no-uuid"));
        problem(404, api.as("platform").get("/api/v1/kit-test/dead-letters/" + new java.util.UUID(1, 1)));
        problem(403, api.as("engineer").exchange(HttpMethod.DELETE, PATH));
    }

    @Test
    void aDatabaseThatIsAwayOrFullIsNoInternalError() {
        for (String state : List.of("08006", "57P01", "53300")) {
            TestApi.Answer away = api.as("steward").post(PATH, Map.of("name", "state " + state, "size", 1));
            assertThat(problem(503, away).path("code").asString()).isEqualTo("unavailable");
            assertThat(away.header("Retry-After")).isEqualTo("1");
        }
        TestApi.Answer keyed = api.as("steward")
                .header("Idempotency-Key", "away")
                .post(PATH, Map.of("name", "state 57P01", "size", 1));
        assertThat(problem(503, keyed).path("code").asString()).isEqualTo("unavailable");
        TestApi.Answer full = api.as("steward").post(PATH, Map.of("name", "state 53100", "size", 1));
        assertThat(problem(507, full).path("code").asString()).isEqualTo("insufficient-storage");
        problem(500, api.as("steward").post(PATH, Map.of("name", "state 54000", "size", 1)));
    }

    @Test
    void aNulInATextIsTheCallersMistake() {
        JsonNode problem = problem(400, api.as("steward").post(PATH, Map.of("name", "a\0b", "size", 1)));
        assertThat(problem.path("detail").asString()).contains("NUL");
    }

    private static JsonNode problem(int status, TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asString())
                .isEqualTo("urn:paddock:problem:" + problem.path("code").asString());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
