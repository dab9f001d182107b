package dev.paddock.kit.sample;

import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rows that stand for a service's state. */
@Component
public class Effects {
    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final Outbox outbox;

    Effects(JdbcClient jdbc, TimeOrderedIds ids, Outbox outbox) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.outbox = outbox;
    }

    @Transactional
    public UUID add(String tenant, String name) {
        UUID id = ids.next();
        jdbc.sql("INSERT INTO effect (id, tenant, name) VALUES (?, ?, ?)")
                .params(id, tenant, name)
                .update();
        return id;
    }

    /** Beside the caller's transaction, on a connection of its own. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public UUID addAtOnce(String tenant, String name) {
        return add(tenant, name);
    }

    /** A second row of the same name is refused when the transaction ends. */
    @Transactional
    public void addOnce(String name) {
        jdbc.sql("INSERT INTO single_effect (name) VALUES (?)").param(name).update();
    }

    /** Fails as the database does with that state. */
    @Transactional
    public void raise(String state) {
        jdbc.sql("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$")
                .update();
    }

    @Transactional
    public void tell(UUID job, String name) {
        outbox.publish("default", new TrainingCancelled(job, name));
    }

    @Transactional
    public void tellAndFail(UUID job, String name) {
        tell(job, name);
        throw new IllegalArgumentException("rolled back");
    }

    public List<String> names(String prefix) {
        return jdbc.sql("SELECT name FROM effect WHERE name LIKE ? ORDER BY id")
                .param(prefix + "%")
                .query(String.class)
                .list();
    }
}
