package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.suite.SuiteItems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;

/** Answers by model and suite content; an answer once given is never asked for again. */
@Repository
class AnswerStore {
    private final NamedParameterJdbcTemplate jdbc;

    AnswerStore(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which answers belong together: one model's to one content of one suite. */
    record Sheet(String tenant, ModelReference model, String suite, SuiteItems items) {
        MapSqlParameterSource parameters() {
            return new MapSqlParameterSource()
                    .addValue("tenant", tenant)
                    .addValue("base", model.base())
                    .addValue("adapter", Objects.requireNonNullElse(model.adapter(), ""))
                    .addValue("suite", suite)
                    .addValue("digest", items.digest());
        }
    }

    /** The answers of a sheet by item. */
    Map<String, Answer> of(Sheet sheet) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        jdbc.query(
                "SELECT item_id, output, is_right, too_long FROM answer WHERE tenant = :tenant AND base_digest = :base"
                        + " AND adapter_digest = :adapter AND suite = :suite AND suite_digest = :digest",
                sheet.parameters(),
                row -> {
                    Answer answer =
                            new Answer(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
                    answers.put(answer.itemId(), answer);
                });
        return answers;
    }

    void add(Sheet sheet, List<Answer> answers) {
        SqlParameterSource[] rows = answers.stream()
                .map(answer -> sheet.parameters()
                        .addValue("item", answer.itemId())
                        .addValue("output", answer.output().replace("\0", ""))
                        .addValue("right", answer.right())
                        .addValue("tooLong", answer.tooLong()))
                .toArray(SqlParameterSource[]::new);
        jdbc.batchUpdate(
                "INSERT INTO answer (tenant, base_digest, adapter_digest, suite, suite_digest, item_id, output, is_right,"
                        + " too_long) VALUES (:tenant, :base, :adapter, :suite, :digest, :item, :output, :right, :tooLong)"
                        + " ON CONFLICT DO NOTHING",
                rows);
    }
}
