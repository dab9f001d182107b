package dev.paddock.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import dev.paddock.testkit.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessTest {
    @Autowired
    private TestApi api;

    @Autowired
    private AccessTable table;

    @Test
    void everyRoleMayDoWhatTheTableSaysAndNothingElse() {
        List<String> roles = Stream.concat(AccessRule.USER_ROLES.stream(), Stream.of(Caller.SERVICE))
                .sorted()
                .toList();
        List<String> wrong = new ArrayList<>();
        for (AccessRule rule : table.rules()) {
            String method = "*".equals(rule.method()) ? "POST" : rule.method();
            String path =
                    rule.path().getPatternString().replace("/**", "/one/two").replace("*", "one");
            for (String role : roles) {
                int status =
                        api.as(role).exchange(HttpMethod.valueOf(method), path).status();
                if (table.allows(method, path, Set.of(role)) == (status == 403)) {
                    wrong.add(role + " " + method + " " + path + " is " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(api.as("platform").get("/api/v1/nobody-named-this").status()).isEqualTo(403);
    }

    @Test
    void theTablesOwnPromisesHold() {
        assertThat(table.allows("POST", "/api/v1/approvals/1/approve", Set.of("approver")))
                .isTrue();
        assertThat(table.allows("POST", "/api/v1/approvals/1/approve", Set.of("engineer", "platform")))
                .isFalse();
        assertThat(table.allows("POST", "/internal/v1/leases", Set.of("platform")))
                .isFalse();
        assertThat(table.allows("GET", "/api/v1/recipes", Set.of())).isFalse();
        assertThat(table.allows("GET", "/api/v1/recipes", Set.of("nobody"))).isFalse();
        assertThat(table.allows("GET", "/unlisted", Set.of("platform", "service")))
                .isFalse();
    }

    @Test
    void withoutAValidTokenNobodyEnters() {
        TestTokens tokens = TestInfrastructure.get().tokens();
        List<TestApi.As> strangers = List.of(
                api.anonymous(),
                api.withToken("not.a.token"),
                api.withToken(tokens.expired("steward", "default", "steward")),
                api.withToken(tokens.forAudience("elsewhere", "steward", "default", "steward")));
        for (TestApi.As stranger : strangers) {
            TestApi.Answer answer = stranger.get("/api/v1/me");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().path("type").asString()).isEqualTo("urn:paddock:problem:unauthenticated");
        }
        assertThat(api.anonymous().get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void onlyAServiceNamesItsTenant() {
        JsonNode user = api.as("anna", "acme", "steward")
                .header(Caller.TENANT_HEADER, "other")
                .get("/api/v1/me")
                .json();
        assertThat(user.path("tenant").asString()).isEqualTo("acme");
        assertThat(user.path("subject").asString()).isEqualTo("anna");
        JsonNode service = api.as("worker", "default", "service", "auditor")
                .header(Caller.TENANT_HEADER, "other")
                .get("/api/v1/me")
                .json();
        assertThat(service.path("tenant").asString()).isEqualTo("other");
    }
}
