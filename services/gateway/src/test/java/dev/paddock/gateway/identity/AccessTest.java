package dev.paddock.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import dev.paddock.testkit.AccessCoverage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Walks every role over every line of the access table, through the gateway's door. */
@GatewayTest
class AccessTest {
    private static final String NOBODY = "nobody";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void everyRoleMayDoWhatItsLineSaysAndNothingElse() throws IOException {
        Set<String> who = new TreeSet<>(World.USERS);
        who.add("dataset");
        who.add(NOBODY);
        List<String[]> lines = table();
        assertThat(lines).hasSizeGreaterThan(40);
        SoftAssertions softly = new SoftAssertions();
        for (String[] line : lines) {
            String method = line[0].equals("*") ? "GET" : line[0];
            String path = example(line[1]);
            String[] deciding = firstMatch(lines, method, path);
            for (String name : who) {
                int status = name.equals(NOBODY)
                        ? callers.bearer("", method, path, "{}").status()
                        : callers.as(name, method, path, "{}").status();
                String asked = name + " " + method + " " + path;
                if (allowed(deciding[2], name)) {
                    softly.assertThat(status).as(asked).isNotIn(401, 403);
                } else {
                    softly.assertThat(status).as(asked).isEqualTo(name.equals(NOBODY) ? 401 : 403);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void whatNoLineNamesIsDenied() {
        for (String name : World.USERS) {
            assertThat(callers.as(name, "PUT", "/api/v1/keys", "{}").status()).isEqualTo(403);
            assertThat(callers.as(name, "GET", "/api/v1/unheard-of", "").status())
                    .isEqualTo(403);
            assertThat(callers.as(name, "GET", "/internal/v1/worker", "").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void everyEndpointHasOneLineAndEveryLineItsEndpoint(@Autowired ApplicationContext gateway) throws IOException {
        AccessCoverage coverage = new AccessCoverage(gateway);
        Set<String> own = new TreeSet<>(coverage.segments());
        own.removeAll(routed());

        assertThat(own).contains("keys", "me", "openapi");
        assertThat(coverage.endpointsWithoutTheirLine()).isEmpty();
        assertThat(coverage.linesWithoutEndpoint(own)).isEmpty();
    }

    /** The first segments that go to a service. */
    private static Set<String> routed() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = AccessTest.class.getResourceAsStream("/gateway.properties")) {
            properties.load(java.util.Objects.requireNonNull(in));
        }
        Set<String> segments = new TreeSet<>();
        properties.forEach((name, value) -> {
            if (name.toString().startsWith("paddock.gateway.routes.")) {
                segments.addAll(List.of(value.toString().split(",")));
            }
        });
        return segments;
    }

    @Test
    void whoIsRefusedReadsWhoMay() {
        Callers.Reply reply = callers.as("engineer", "POST", "/api/v1/approvals/1/approve", "{}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("detail").asString())
                .contains("POST /api/v1/approvals/1/approve", "it takes the role approver;");
    }

    @Test
    void aTokenOfAnotherAudienceOrNoneAtAllIsRefusedAsAProblem() {
        Callers.Reply reply = callers.bearer("not-a-token", "GET", "/api/v1/me", "");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("code").asString()).isEqualTo("unauthenticated");
    }

    private static boolean allowed(String roles, String name) {
        Set<String> named = Set.of(roles.split("\\|"));
        if (named.contains("public")) {
            return true;
        }
        if (World.USERS.contains(name)) {
            return named.contains("authenticated") || named.contains(name);
        }
        return name.equals("dataset") && named.contains("service");
    }

    private static String example(String pattern) {
        return pattern.replace("/api/v1/*/dead-letters", "/api/v1/dataset/dead-letters")
                .replace("/**", "")
                .replace("*", "00000000-0000-7000-8000-000000000001");
    }

    private static String[] firstMatch(List<String[]> lines, String method, String path) {
        for (String[] line : lines) {
            String regex = line[1].replace("/**", "(/.*)?").replaceAll("(?<![.)(])\\*", "[^/]*");
            if ((line[0].equals("*") || line[0].equals(method)) && path.matches(regex)) {
                return line;
            }
        }
        throw new IllegalStateException("no line for " + method + " " + path);
    }

    private static List<String[]> table() throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (InputStream in = AccessTest.class.getResourceAsStream("/paddock/access.csv")) {
            String csv = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            csv.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> lines.add(line.split(",")));
        }
        return lines;
    }
}
