package dev.paddock.dataset.upload;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects the rows of an upload and what is wrong with them; the first {@value #REPORTED} faults are reported. */
final class ParsedRows {
    static final int REPORTED = 100;
    static final int MAX_ROWS = 2_000_000;

    private final JsonLinesWriter out;
    private final List<RowProblem> problems = new ArrayList<>();
    private int wrong;
    private int seen;

    ParsedRows(JsonLinesWriter out) {
        this.out = out;
    }

    /** Makes the example of one row. */
    interface Parse {
        Example parse();
    }

    void add(Parse row) throws IOException {
        if (++seen > MAX_ROWS) {
            throw new ProblemException(
                    DatasetProblem.INVALID_ROWS, "the upload has more than " + MAX_ROWS + " rows: split it");
        }
        try {
            Example example = row.parse();
            if (wrong == 0) {
                out.write(example);
            }
        } catch (InvalidRowException e) {
            if (++wrong <= REPORTED) {
                problems.add(e.at(seen));
            }
        }
    }

    /** The number of rows, all of them right. */
    int complete() {
        if (wrong > 0) {
            RowProblem first = problems.get(0);
            throw new ProblemException(
                    DatasetProblem.INVALID_ROWS,
                    wrong + " of " + seen + " rows are wrong, the first is row " + first.row() + ": " + first.field()
                            + " " + first.reason() + "; nothing was stored: correct the file and upload it again",
                    problems);
        }
        if (seen == 0) {
            throw new ProblemException(DatasetProblem.INVALID_ROWS, "the upload has no rows");
        }
        return seen;
    }
}
