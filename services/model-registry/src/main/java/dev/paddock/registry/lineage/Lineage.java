package dev.paddock.registry.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lineage graph of every tenant; writing the same node or edge again changes nothing. */
@Repository
public class Lineage {
    /** At most this many nodes stand in one answer. */
    static final int LARGEST_ANSWER = 5_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String WALK = """
            WITH RECURSIVE walk (kind, id, way) AS (
                SELECT node.kind, node.id, start.way
                FROM lineage_node node, unnest(ARRAY['UP', 'DOWN']) AS start (way)
                WHERE node.tenant = :tenant AND node.kind = :kind AND node.id = :id AND :direction IN (start.way, 'BOTH')
                UNION
                SELECT next.kind, next.id, walk.way
                FROM walk CROSS JOIN LATERAL (
                    SELECT from_kind, from_id FROM lineage_edge
                    WHERE tenant = :tenant AND walk.way = 'UP' AND to_kind = walk.kind AND to_id = walk.id
                    UNION ALL
                    SELECT to_kind, to_id FROM lineage_edge
                    WHERE tenant = :tenant AND walk.way = 'DOWN' AND from_kind = walk.kind AND from_id = walk.id
                ) AS next (kind, id)
            ), found AS (SELECT DISTINCT kind, id FROM (SELECT * FROM walk LIMIT :limit) AS bounded)
            SELECT node.kind, node.id, node.facts, (
                SELECT coalesce(jsonb_agg(jsonb_build_object('kind', edge.to_kind, 'id', edge.to_id)), '[]')
                FROM lineage_edge edge JOIN found ON found.kind = edge.to_kind AND found.id = edge.to_id
                WHERE edge.tenant = :tenant AND edge.from_kind = node.kind AND edge.from_id = node.id
            ) AS made
            FROM found JOIN lineage_node node ON node.tenant = :tenant AND node.kind = found.kind AND node.id = found.id
            ORDER BY node.kind, node.id
            """;

    private final JdbcClient database;

    public Lineage(JdbcClient database) {
        this.database = database;
    }

    /** Puts a node on record; facts told later are added to those told before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void node(String tenant, NodeReference node, Map<String, ?> facts) {
        database.sql("INSERT INTO lineage_node (tenant, kind, id, facts) VALUES (?, ?, ?, ?::jsonb)"
                        + " ON CONFLICT (tenant, kind, id) DO UPDATE SET facts = lineage_node.facts || excluded.facts")
                .params(tenant, node.kind().word(), node.id(), JSON.writeValueAsString(facts))
                .update();
    }

    /** Says that one node was made of another; an end that nothing was told of yet becomes a node without facts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void edge(String tenant, NodeReference from, NodeReference to) {
        place(tenant, from);
        place(tenant, to);
        database.sql("INSERT INTO lineage_edge (tenant, from_kind, from_id, to_kind, to_id) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")
                .params(tenant, from.kind().word(), from.id(), to.kind().word(), to.id())
                .update();
    }

    private void place(String tenant, NodeReference node) {
        database.sql("INSERT INTO lineage_node (tenant, kind, id, facts) VALUES (?, ?, ?, '{}') ON CONFLICT DO NOTHING")
                .params(tenant, node.kind().word(), node.id())
                .update();
    }

    /** Everything that the node was made of, or that was made of it; empty for a node that is not on record. */
    @Transactional(readOnly = true)
    public Optional<LineageGraph> around(String tenant, NodeReference node, Direction direction) {
        Map<LineageNode, JsonNode> found = new LinkedHashMap<>();
        database.sql(WALK)
                .param("tenant", tenant)
                .param("kind", node.kind().word())
                .param("id", node.id())
                .param("direction", direction.name())
                .param("limit", LARGEST_ANSWER + 1)
                .query((row, number) -> found.put(
                        new LineageNode(
                                row.getString("kind"), row.getString("id"), JSON.readTree(row.getString("facts"))),
                        JSON.readTree(row.getString("made"))))
                .list();
        return found.isEmpty() ? Optional.empty() : Optional.of(graph(found));
    }

    private static LineageGraph graph(Map<LineageNode, JsonNode> found) {
        List<LineageEdge> edges = new ArrayList<>();
        found.forEach((node, made) -> {
            LineageEdge.End from = new LineageEdge.End(node.kind(), node.id());
            for (JsonNode to : made) {
                edges.add(new LineageEdge(
                        from,
                        new LineageEdge.End(
                                to.get("kind").asString(), to.get("id").asString())));
            }
        });
        return new LineageGraph(List.copyOf(found.keySet()), edges, found.size() > LARGEST_ANSWER);
    }
}
