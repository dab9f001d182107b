package dev.paddock.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service under test over HTTP as one of its users; every status is an answer, none is thrown. */
public class TestApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final ServletWebServerApplicationContext context;

    TestApi(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    public int port() {
        return java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** A user of the local suite by its role's name, tenant {@code default}. */
    public As as(String role) {
        return withToken(TestInfrastructure.get().tokens().token(role));
    }

    public As as(String user, String tenant, String... roles) {
        return withToken(TestInfrastructure.get().tokens().token(user, tenant, roles));
    }

    public As anonymous() {
        return withToken(null);
    }

    public As withToken(@Nullable String token) {
        RestClient.Builder client = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port())
                .defaultStatusHandler(status -> true, (request, response) -> {});
        if (token != null) {
            client.defaultHeader("Authorization", "Bearer " + token);
        }
        return new As(client.build(), Map.of());
    }

    /** Requests of one caller; bodies are JSON text or objects, answers JSON. */
    public record As(RestClient client, Map<String, String> headers) {
        public As header(String name, String value) {
            Map<String, String> more = new java.util.HashMap<>(headers);
            more.put(name, value);
            return new As(client, more);
        }

        public Answer get(String path) {
            return send(HttpMethod.GET, path, null, null);
        }

        /** Sends a request without a body. */
        public Answer exchange(HttpMethod method, String path) {
            return send(method, path, null, null);
        }

        public Answer delete(String path) {
            return send(HttpMethod.DELETE, path, null, null);
        }

        public Answer post(String path, @Nullable Object body) {
            return send(HttpMethod.POST, path, body, MediaType.APPLICATION_JSON);
        }

        public Answer put(String path, @Nullable Object body) {
            return send(HttpMethod.PUT, path, body, MediaType.APPLICATION_JSON);
        }

        public Answer patch(String path, @Nullable Object body) {
            return send(HttpMethod.PATCH, path, body, MediaType.APPLICATION_JSON);
        }

        public Answer post(String path, MediaType type, byte[] body) {
            return send(HttpMethod.POST, path, body, type);
        }

        /** Uploads one file as the multipart field {@code file}. */
        public Answer upload(String path, String fileName, byte[] content) {
            MultiValueMap<String, Resource> parts = new LinkedMultiValueMap<>();
            parts.add("file", new ByteArrayResource(content) {
                @Override
                public String getFilename() {
                    return fileName;
                }
            });
            return send(HttpMethod.POST, path, parts, MediaType.MULTIPART_FORM_DATA);
        }

        private Answer send(HttpMethod method, String path, @Nullable Object body, @Nullable MediaType type) {
            RestClient.RequestBodySpec request = client.method(method).uri(path);
            headers.forEach(request::header);
            if (type != null) {
                request.contentType(type);
            }
            if (body != null) {
                request.body(
                        body instanceof Map<?, ?> map && MediaType.APPLICATION_JSON.equals(type)
                                ? JSON.writeValueAsString(map)
                                : body);
            }
            ResponseEntity<String> answer = request.retrieve().toEntity(String.class);
            return new Answer(answer);
        }
    }

    /** Status, headers and JSON of an answer. */
    public record Answer(ResponseEntity<String> entity) {
        public int status() {
            return entity.getStatusCode().value();
        }

        public String text() {
            String body = entity.getBody();
            return body == null ? "" : body;
        }

        public JsonNode json() {
            return JSON.readTree(text());
        }

        public @Nullable String header(String name) {
            return entity.getHeaders().getFirst(name);
        }
    }
}
