package dev.paddock.registry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets one transaction at a time work on something that has a name but no row yet; freed when the transaction ends. */
@Component
public class Locks {
    private final JdbcClient database;

    public Locks(JdbcClient database) {
        this.database = database;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void take(String what, String tenant, String name) {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(String.join("\u001f", "model-registry", what, tenant, name))
                .query((row, number) -> number)
                .list();
    }
}
