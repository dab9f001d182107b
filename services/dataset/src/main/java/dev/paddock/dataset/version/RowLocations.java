package dev.paddock.dataset.version;

import dev.paddock.dataset.row.JsonLines;
import dev.paddock.dataset.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where each row of each version stands, for lineage; written in the version's transaction. */
@Component
class RowLocations {
    private static final int BATCH = 5_000;
    private final JdbcClient jdbc;

    RowLocations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One place of a row. */
    record Location(UUID versionId, String split, int position) {}

    void add(String tenant, UUID version, String split, Path rows) {
        List<String> ids = new ArrayList<>(BATCH);
        int[] total = {0};
        try {
            JsonLines.forEach(Files.newInputStream(rows), Row.class, (position, row) -> {
                ids.add(row.id());
                if (ids.size() == BATCH) {
                    insert(tenant, version, split, position + 1 - BATCH, ids);
                    ids.clear();
                }
                total[0] = position + 1;
            });
            insert(tenant, version, split, total[0] - ids.size(), ids);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void insert(String tenant, UUID version, String split, int first, List<String> ids) {
        jdbc.sql("INSERT INTO row_location (tenant, row_id, version_id, split, position)"
                        + " SELECT :tenant, id, :version, :split, :first + number - 1"
                        + " FROM unnest(:ids) WITH ORDINALITY AS row (id, number)")
                .param("tenant", tenant)
                .param("version", version)
                .param("split", split)
                .param("first", first)
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    List<Location> find(String tenant, String rowId) {
        return jdbc.sql("SELECT version_id, split, position FROM row_location WHERE tenant = ? AND row_id = ?"
                        + " ORDER BY version_id DESC LIMIT 100")
                .params(tenant, rowId)
                .query((row, number) -> new Location(row.getObject(1, UUID.class), row.getString(2), row.getInt(3)))
                .list();
    }

    void remove(String tenant, UUID version) {
        jdbc.sql("DELETE FROM row_location WHERE tenant = ? AND version_id = ?")
                .params(tenant, version)
                .update();
    }
}
