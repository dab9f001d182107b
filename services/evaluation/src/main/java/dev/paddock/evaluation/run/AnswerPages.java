package dev.paddock.evaluation.run;

import dev.paddock.kit.paging.Page;
import dev.paddock.kit.paging.PageQuery;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The answers behind an evaluation, page by page. */
@Repository
class AnswerPages {
    private final JdbcClient jdbc;

    AnswerPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One item as base and candidate answered it; the candidate's half is null until it was asked. */
    record AnswerPair(
            String suite,
            String itemId,
            String base,
            boolean baseRight,
            @Nullable String candidate,
            @Nullable Boolean candidateRight) {
        String key() {
            return suite + " " + itemId;
        }
    }

    Page<AnswerPair> of(Evaluation evaluation, PageQuery query) {
        List<String> contents = evaluation.suiteDigests();
        List<AnswerPair> rows = jdbc.sql("""
                        SELECT b.suite, b.item_id, b.output AS base, b.is_right AS base_right,
                               c.output AS candidate, c.is_right AS candidate_right
                        FROM answer b
                        LEFT JOIN answer c ON c.tenant = b.tenant AND c.base_digest = :candidate AND c.suite = b.suite
                             AND c.suite_digest = b.suite_digest AND c.item_id = b.item_id AND c.adapter_digest = :adapter
                        WHERE b.tenant = :tenant AND b.base_digest = :base AND b.adapter_digest = ''
                          AND b.suite IN (:suites) AND (:anyContent OR b.suite_digest IN (:contents))
                          AND b.suite || ' ' || b.item_id > :after
                        ORDER BY b.suite || ' ' || b.item_id LIMIT :limit""")
                .param("tenant", evaluation.tenant())
                .param("base", evaluation.baseDigest())
                .param("candidate", evaluation.candidate().base())
                .param(
                        "adapter",
                        Objects.requireNonNullElse(evaluation.candidate().adapter(), ""))
                .param("suites", evaluation.suites())
                .param("anyContent", contents == null)
                .param("contents", contents == null || contents.isEmpty() ? List.of("") : contents)
                .param("after", query.after() == null ? "" : query.after())
                .param("limit", query.limitAndOne())
                .query(AnswerPair.class)
                .list();
        return Page.of(rows, query, AnswerPair::key);
    }
}
