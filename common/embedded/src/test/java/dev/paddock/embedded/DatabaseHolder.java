package dev.paddock.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** A JVM that starts the database, writes a row and waits to be killed. */
final class DatabaseHolder {
    private DatabaseHolder() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgreSql database = EmbeddedPostgreSql.start(Path.of(arguments[0]));
        DatabaseAccess access = database.service("dataset");
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.role(), access.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (name text)");
            statement.execute("INSERT INTO kept VALUES ('kept')");
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
