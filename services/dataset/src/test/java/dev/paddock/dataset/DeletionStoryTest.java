package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.dataset.source.DiscardedBlobs;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What a steward deletes is gone from the store; what was made of it keeps its rows and its lineage. */
@DatasetTest
class DeletionStoryTest {
    private static final String ROWS = """
            {"prompt":"Where do %1$s returns go?","completion":"To hall seven, counter %1$s."}
            {"prompt":"Who packs %1$s parcels?","completion":"The depot's %1$s shift."}
            {"prompt":"When do %1$s lorries leave?","completion":"At four, with the %1$s list."}
            """;
    private static final String TEXT =
            "# %1$s handbook\n\n## Labels of %1$s\nEvery parcel of %1$s carries a yellow label"
                    + " with the number of its depot and the name of the person who packed it there.\n";

    @Autowired
    private Desk desk;

    @Autowired
    private ArtifactStore artifacts;

    @Autowired
    private DiscardedBlobs discarded;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void aDeletedDocumentsTextIsGoneAndItsVersionsKeepTheirRows() throws IOException {
        JsonNode document = desk.document("north.md", TEXT.formatted("north"));
        String path = "/api/v1/documents/" + Desk.id(document);
        String dataset = desk.dataset("north");
        JsonNode version = desk.version(dataset, List.of(Desk.id(document)), List.of());
        assertThat(stored(document)).isTrue();

        assertThat(desk.as("engineer").delete(path).status()).isEqualTo(403);
        assertThat(desk.otherTenant().delete(path).status()).isEqualTo(404);
        assertThat(desk.steward().header("If-Match", "\"7\"").delete(path).status())
                .isEqualTo(412);
        assertThat(stored(document)).isTrue();
        assertThat(desk.steward().header("If-Match", "\"0\"").delete(path).status())
                .isEqualTo(204);

        assertThat(stored(document)).isFalse();
        JsonNode deleted = desk.as("auditor").get(path).json();
        assertThat(deleted.path("name").asString()).isEqualTo("north.md");
        assertThat(deleted.path("deletedBy").asString()).isEqualTo("steward");
        assertThat(desk.steward().get("/api/v1/documents?limit=200").text()).doesNotContain(Desk.id(document));
        assertThat(desk.steward().delete(path).status()).isEqualTo(410);
        assertRowsAndLineage(version, Desk.id(document));
        TestApi.Answer order =
                desk.order(dataset, Map.of("recipe", "enterprise-docs", "documents", List.of(Desk.id(document))));
        assertThat(order.status()).isEqualTo(410);
        assertThat(order.json().path("detail").asString()).contains(Desk.id(document), "upload it again");
    }

    private void assertRowsAndLineage(JsonNode version, String document) {
        JsonNode row = desk.steward()
                .get("/api/v1/dataset-versions/" + Desk.id(version) + "/rows?limit=1")
                .json()
                .path("items")
                .get(0);
        assertThat(row.path("origin").path("document").asString()).isEqualTo(document);
        assertThat(desk.as("auditor").get("/api/v1/rows/" + Desk.id(row)).status())
                .isEqualTo(200);
    }

    @Test
    void theSameBytesAgainAreANewDocument() throws IOException {
        JsonNode first = desk.document("east.md", TEXT.formatted("east"));
        desk.steward().delete("/api/v1/documents/" + Desk.id(first));
        JsonNode second = desk.document("east.md", TEXT.formatted("east"));
        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(stored(second)).isTrue();
        assertThat(desk.version(desk.dataset("east"), List.of(Desk.id(second)), List.of())
                        .path("number")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void bytesThatAnotherSourceHasTooStay() throws IOException {
        String rows = ROWS.formatted("shared");
        JsonNode document = desk.document("shared.txt", rows);
        desk.jsonl(desk.dataset("shared"), rows);
        desk.steward().delete("/api/v1/documents/" + Desk.id(document));
        assertThat(stored(document)).isTrue();
    }

    @Test
    void aSweepThatMeetsADeletionWaitsForIt() throws Exception {
        JsonNode document = desk.document("meeting.md", TEXT.formatted("meeting"));
        String digest = document.path("digest").asString();
        discarded.discard("default", List.of(digest));
        CompletableFuture<Void> sweep = transaction.execute(status -> {
            jdbc.sql("UPDATE document SET deleted_at = now(), deleted_by = 'steward' WHERE digest = ?")
                    .param(digest)
                    .update();
            discarded.discard("default", List.of(digest));
            CompletableFuture<Void> started = CompletableFuture.runAsync(() -> discarded.sweep("default"));
            assertThatThrownBy(() -> started.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return started;
        });
        sweep.get(10, TimeUnit.SECONDS);
        assertThat(stored(document)).isFalse();
    }

    @Test
    void whatOneTenantDeletesStaysWithTheOther() throws IOException {
        JsonNode mine = desk.document("west.md", TEXT.formatted("west"));
        JsonNode theirs = Desk.created(
                desk.otherTenant().upload("/api/v1/documents", "west.md", Desk.bytes(TEXT.formatted("west"))));
        assertThat(theirs.path("digest")).isEqualTo(mine.path("digest"));
        desk.steward().delete("/api/v1/documents/" + Desk.id(mine));
        assertThat(stored(mine)).isFalse();
        assertThat(stored("other", theirs.path("digest").asString())).isTrue();
    }

    @Test
    void aDatasetWithPublishedVersionsStaysUntilTheyAreDeleted() throws IOException {
        String dataset = desk.dataset("south");
        String path = "/api/v1/datasets/" + dataset;
        JsonNode upload = desk.jsonl(dataset, ROWS.formatted("south"));
        JsonNode version = desk.version(dataset, List.of(), List.of(Desk.id(upload)));
        TestApi.Answer refused = desk.steward().delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("versions-published");
        assertThat(refused.json().path("detail").asString())
                .contains("1 (" + Desk.id(version) + ")", "delete them first");

        deleteVersion(dataset, version);
        assertThat(desk.otherTenant().delete(path).status()).isEqualTo(404);
        assertThat(desk.steward().header("If-Match", "\"9\"").delete(path).status())
                .isEqualTo(412);
        assertThat(desk.steward().delete(path).status()).isEqualTo(204);
        assertThat(stored(upload)).isFalse();
        assertGone(dataset, version);
    }

    private void assertGone(String dataset, JsonNode version) {
        String path = "/api/v1/datasets/" + dataset;
        assertThat(desk.steward().get(path).json().has("deletedAt")).isTrue();
        assertThat(desk.steward().get("/api/v1/datasets?limit=200").text()).doesNotContain(dataset);
        assertThat(desk.steward()
                        .get("/api/v1/dataset-versions/" + Desk.id(version))
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("DELETED");
        assertThat(desk.steward()
                        .post(path + "/uploads", Desk.JSONL, Desk.bytes(ROWS))
                        .status())
                .isEqualTo(410);
        assertThat(desk.order(dataset, Map.of("recipe", "enterprise-docs")).status())
                .isEqualTo(410);
        assertThat(desk.steward().patch(path, Map.of("description", "x")).status())
                .isEqualTo(410);
        assertThat(desk.steward().delete(path).status()).isEqualTo(410);
        assertThat(desk.dataset("south")).isNotEqualTo(dataset);
    }

    private void deleteVersion(String dataset, JsonNode version) {
        String path = "/api/v1/dataset-versions/" + Desk.id(version);
        assertThat(desk.steward().header("If-Match", "\"7\"").delete(path).status())
                .isEqualTo(412);
        assertThat(desk.as("engineer").delete(path).status()).isEqualTo(403);
        assertThat(desk.steward().header("If-Match", "\"0\"").delete(path).status())
                .isEqualTo(204);
        assertThat(desk.steward().get(path).json().path("state").asString()).isEqualTo("DELETED");
        assertThat(desk.steward().get(path + "/rows").status()).isEqualTo(410);
        assertThat(desk.told(DatasetVersionDeleted.class, dataset).versionId()).hasToString(Desk.id(version));
    }

    private boolean stored(JsonNode source) throws IOException {
        return stored("default", source.path("digest").asString());
    }

    private boolean stored(String tenant, String digest) throws IOException {
        return artifacts.within("sources/" + tenant).exists(new Digest(digest));
    }
}
