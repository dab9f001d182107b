package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

@DatasetTest
class BadInputStoryTest {
    @Autowired
    private Desk desk;

    @Test
    void wrongRowsRefuseTheUploadWholeAndSayWhere() {
        String dataset = desk.dataset("wrong rows");
        String rows = """
                {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}
                {"messages":[{"role":"user","content":"a"},{"role":"robot","content":"b"}]}
                {"prompt":"a","completion":"b"}
                {"messages":[{"role":"user","content":"a"}
                """;
        String uploads = "/api/v1/datasets/" + dataset + "/uploads";
        TestApi.Answer refused = desk.steward().post(uploads, Desk.JSONL, Desk.bytes(rows));
        assertThat(refused.status()).isEqualTo(422);
        JsonNode errors = refused.json().path("errors");
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0).toString())
                .isEqualTo("{\"row\":2,\"field\":\"messages[1].role\","
                        + "\"reason\":\"is robot, must be system, user or assistant\"}");
        assertThat(errors.get(2).path("row").asInt()).isEqualTo(4);
        assertThat(desk.steward().get(uploads).json().path("items")).isEmpty();
    }

    @Test
    void aVersionsMistakesAreNamed() {
        String dataset = desk.dataset("mistakes");
        assertThat(desk.steward()
                        .post("/api/v1/datasets", Map.of("name", "mistakes"))
                        .status())
                .isEqualTo(409);
        TestApi.Answer recipe = desk.order(dataset, Map.of("recipe", "enterprise-doc"));
        assertThat(recipe.status()).isEqualTo(400);
        assertThat(detail(recipe)).contains("did you mean enterprise-docs");
        TestApi.Answer parameter =
                desk.order(dataset, Map.of("recipe", "enterprise-docs", "params", Map.of("chunkCharacter", 500)));
        assertThat(detail(parameter)).contains("did you mean chunkCharacters");
        String nobody = new UUID(1, 1).toString();
        TestApi.Answer source = desk.order(dataset, Map.of("recipe", "enterprise-docs", "documents", List.of(nobody)));
        assertThat(detail(source)).contains(nobody);
        assertThat(desk.order(dataset, Map.of("recipe", "enterprise-docs")).status())
                .isEqualTo(400);
        TestApi.Answer none = desk.steward()
                .post(
                        "/api/v1/datasets/" + dataset + "/versions",
                        "{\"recipe\":\"enterprise-docs\",\"uploads\":[null]}");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("errors").get(0).path("field").asString()).isEqualTo("uploads[0]");
        TestApi.Answer share =
                desk.order(dataset, Map.of("recipe", "enterprise-docs", "test", Map.of("share", 0.9, "seed", 1)));
        assertThat(share.json().path("errors").get(0).path("field").asString()).isEqualTo("test.share");
    }

    @Test
    void aNulInANameIsTheCallersMistake() {
        TestApi.Answer name = desk.steward().post("/api/v1/datasets", Map.of("name", "a\0b"));
        assertThat(name.status()).isEqualTo(400);
        assertThat(detail(name)).contains("must not contain NUL");
        TestApi.Answer document = desk.steward().post("/api/v1/datasets", Map.of("name", "nul", "description", "\0"));
        assertThat(document.status()).isEqualTo(400);
    }

    @Test
    void rowsInAnotherEncodingAreRefused() {
        String uploads = "/api/v1/datasets/" + desk.dataset("latin") + "/uploads";
        byte[] latin = "prompt,completion\nWo?,In Köln.\n".getBytes(StandardCharsets.ISO_8859_1);
        TestApi.Answer unsaid = desk.steward().post(uploads, MediaType.valueOf("text/csv"), latin);
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(detail(unsaid)).contains("save it as UTF-8");
        TestApi.Answer said = desk.steward().post(uploads, MediaType.valueOf("text/csv;charset=iso-8859-1"), latin);
        assertThat(said.status()).isEqualTo(415);
        assertThat(detail(said)).contains("iso-8859-1");
        assertThat(desk.steward().get(uploads).json().path("items")).isEmpty();
    }

    @Test
    void filesThatAreNoDocumentsAreRefused() {
        TestApi.As steward = desk.steward();
        assertThat(steward.upload("/api/v1/documents", "picture.png", new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(415);
        assertThat(steward.upload("/api/v1/documents", "empty.txt", Desk.bytes("  \n"))
                        .status())
                .isEqualTo(422);
        assertThat(steward.post("/api/v1/documents", Map.of()).status()).isEqualTo(415);
    }

    private static String detail(TestApi.Answer answer) {
        return answer.json().path("detail").asString();
    }
}
