package dev.paddock.dataset.upload;

/** One row has the wrong shape. */
final class InvalidRowException extends RuntimeException {
    private final String field;

    InvalidRowException(String field, String reason) {
        super(reason);
        this.field = field;
    }

    RowProblem at(int row) {
        return new RowProblem(row, field, String.valueOf(getMessage()));
    }
}
