package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes a fresh server ask every connection for a password. */
final class PasswordRule {
    private static final String RULE = "# every connection needs a password\nhost all all 127.0.0.1/32 scram-sha-256\n";

    private PasswordRule() {}

    static void apply(DataSource administrator, Path data, String password) throws IOException, SQLException {
        Path rules = data.resolve("pg_hba.conf");
        if (RULE.equals(Files.readString(rules))) {
            return;
        }
        try (Connection connection = administrator.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            replace(rules);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** The file is the old or the new whole, whenever this JVM is killed. */
    private static void replace(Path rules) throws IOException {
        Path fresh = rules.resolveSibling("pg_hba.conf.new");
        Files.copy(rules, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(fresh, RULE);
        Files.move(fresh, rules, StandardCopyOption.ATOMIC_MOVE);
    }
}
