package dev.paddock.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The portal as a browser sees it. */
@GatewayTest
class PortalTest {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void thePageIsPublicAndStrict() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Paddock</h1>").doesNotContain("onclick", "<script>", "style=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(get("/portal/portal.js").statusCode()).isEqualTo(200);
        assertThat(get("/portal/methods.js").statusCode()).isEqualTo(200);
        assertThat(get("/portal/parameters.js").statusCode()).isEqualTo(200);
        assertThat(get("/portal/portal.css").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aUserSignsInWithCodeAndPkceAndTheSessionReads() throws Exception {
        HttpResponse<String> home = login("engineer", World.secret("engineer"));
        assertThat(home.uri().getPath()).isEqualTo("/");
        HttpResponse<String> me = get("/api/v1/me");
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.body()).contains("\"engineer\"");
        assertThat(get("/api/v1/documents").body()).contains("Bearer").doesNotContain("PADDOCK_SESSION");
        assertThat(get("/api/v1/methods/lora?adapter=dora").body())
                .contains("Bearer", "\"path\":\"/api/v1/methods/lora\"", "\"query\":\"adapter=dora\"");
        assertThat(get("/api/v1/verdicts").statusCode()).isEqualTo(403);
    }

    @Test
    void readsSideBySideAreOneSession() throws Exception {
        login("engineer", World.secret("engineer"));
        String session = cookie("PADDOCK_SESSION");
        for (int read = 0; read < 3; read++) {
            assertThat(get("/api/v1/me").statusCode()).isEqualTo(200);
        }
        assertThat(cookie("PADDOCK_SESSION")).isEqualTo(session);
    }

    @Test
    void aSessionAloneChangesNothing() throws Exception {
        login("platform", World.secret("platform"));
        HttpResponse<String> refused = send(HttpRequest.newBuilder(URI.create(World.URL + "/api/v1/keys"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"forged\"}")));
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordStaysOutside() throws Exception {
        HttpResponse<String> page = login("engineer", "not the password at all");
        assertThat(page.uri().toString()).contains("/login?error");
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        login("auditor", World.secret("auditor"));
        String token = cookie("XSRF-TOKEN");
        HttpRequest.Builder logout = HttpRequest.newBuilder(URI.create(World.URL + "/portal/logout"))
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(logout.copy()).statusCode()).isEqualTo(403);
        assertThat(send(logout.header("X-XSRF-TOKEN", token)).statusCode()).isEqualTo(204);
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    private String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private HttpResponse<String> login(String user, String password) throws IOException, InterruptedException {
        HttpResponse<String> form = send(HttpRequest.newBuilder(URI.create(World.URL + "/oauth2/authorization/portal"))
                .header("Accept", "text/html"));
        assertThat(form.uri().getPath()).isEqualTo("/login");
        Matcher csrf = CSRF.matcher(form.body());
        assertThat(csrf.find()).isTrue();
        String fields = "username=" + user + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)
                + "&_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(World.URL + "/login"))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(World.URL + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
