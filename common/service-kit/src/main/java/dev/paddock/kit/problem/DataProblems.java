package dev.paddock.kit.problem;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** What the database refused, as problems; also what it refuses only at the end of a transaction. */
public final class DataProblems {
    private static final Logger LOG = LoggerFactory.getLogger(DataProblems.class);
    private static final String CONSTRAINT = "23";
    private static final String ROLLBACK = "40";
    private static final String NOT_A_CHARACTER = "22021";
    private static final String DISK_FULL = "53100";
    private static final String BEYOND_A_LIMIT = "54";
    private static final List<String> AWAY = List.of("08", "53", "57P");

    private DataProblems() {}

    public static Problem of(RuntimeException e) {
        String state = sqlState(e);
        if (e instanceof OptimisticLockingFailureException || state.startsWith(ROLLBACK)) {
            return Problem.of(
                    CommonProblem.CONFLICT, "the resource changed meanwhile: read it and try again", List.of());
        }
        if (state.equals(NOT_A_CHARACTER)) {
            return Problem.of(
                    CommonProblem.INVALID_REQUEST, "a text holds NUL, which cannot be stored: leave it out", List.of());
        }
        if (e instanceof DataIntegrityViolationException || state.startsWith(CONSTRAINT)) {
            LOG.debug("a constraint refused a change", e);
            return Problem.of(
                    CommonProblem.CONFLICT,
                    "the same resource was made meanwhile, or another one still needs it: read it and try again",
                    List.of());
        }
        return outage(e).map(outage -> problem(outage, e)).orElseGet(() -> {
            LOG.error("unexpected", e);
            return Problem.of(CommonProblem.INTERNAL_ERROR, "see the service's log at this time", List.of());
        });
    }

    private static Problem problem(CommonProblem outage, Exception e) {
        LOG.warn("the database could not finish a request: {}", outage.code(), e);
        String detail = outage == CommonProblem.INSUFFICIENT_STORAGE
                ? "the database's disk is full: free some space and try again"
                : "the database does not answer or is busy: try again in a second";
        return Problem.of(outage, detail, List.of());
    }

    /** What the database lacks, where a failure is nobody's mistake and passes once it answers or has room again. */
    public static Optional<CommonProblem> outage(Throwable e) {
        String state = sqlState(e);
        if (state.equals(DISK_FULL)) {
            return Optional.of(CommonProblem.INSUFFICIENT_STORAGE);
        }
        boolean away = e instanceof TransientDataAccessException
                || e instanceof CannotCreateTransactionException
                || e instanceof TransactionTimedOutException
                || (e instanceof DataAccessResourceFailureException && !state.startsWith(BEYOND_A_LIMIT))
                || AWAY.stream().anyMatch(state::startsWith)
                || isWithoutState(e);
        return away ? Optional.of(CommonProblem.UNAVAILABLE) : Optional.empty();
    }

    /** The server gives every error a state; without one, driver or pool found the connection broken. */
    private static boolean isWithoutState(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof java.sql.SQLException sql
                && sql.getSQLState() == null;
    }

    /** The five characters of the SQL standard, or nothing when the database was not reached. */
    private static String sqlState(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof java.sql.SQLException sql
                        && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
    }
}
