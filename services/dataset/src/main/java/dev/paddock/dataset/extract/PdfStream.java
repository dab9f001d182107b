package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.RandomAccessInputStream;
import org.apache.pdfbox.io.RandomAccessOutputStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessReadWriteBuffer;

/**
 * A stream of a PDF that takes from the budget whatever it decodes, filter by filter, at the moment it is decoded. Text is
 * never packed as an image, so image filters are refused here; images themselves nobody decodes.
 */
final class PdfStream extends COSStream {
    private static final Set<String> TEXT_FILTERS = Set.of(
            "FlateDecode",
            "Fl",
            "LZWDecode",
            "LZW",
            "RunLengthDecode",
            "RL",
            "ASCII85Decode",
            "A85",
            "ASCIIHexDecode",
            "AHx");
    private static final int MOST_FILTERS = 4;
    private static final int MOST_COLUMNS = 1 << 16;

    private final PdfBudget budget;
    private final long length;

    PdfStream(PdfBudget budget, RandomAccessReadView bytes) throws IOException {
        super(null, bytes);
        this.budget = budget;
        this.length = bytes.length();
    }

    /** The packed bytes, which PDFBox decodes itself while it reads a page: what they grow to is taken first. */
    @Override
    public InputStream createRawInputStream() throws IOException {
        decoded().close();
        return super.createRawInputStream();
    }

    @Override
    public COSInputStream createInputStream(DecodeOptions options) throws IOException {
        RandomAccessRead bytes = decoded();
        return new COSStream(null, new RandomAccessReadView(bytes, 0, bytes.length())).createInputStream(options);
    }

    @Override
    public RandomAccessRead createView() throws IOException {
        return decoded();
    }

    private RandomAccessRead decoded() throws IOException {
        Set<COSName> filters = textFilters();
        if (filters.isEmpty()) {
            budget.take(length);
            return super.createView();
        }
        refuseWideRows();
        InputStream in = super.createRawInputStream();
        RandomAccessReadWriteBuffer grown = new RandomAccessReadWriteBuffer();
        int index = 0;
        for (COSName filter : filters) {
            grown = new RandomAccessReadWriteBuffer();
            FilterFactory.INSTANCE
                    .getFilter(filter)
                    .decode(in, budget.taking(new RandomAccessOutputStream(grown)), this, index++);
            grown.seek(0);
            in = new RandomAccessInputStream(grown);
        }
        return grown;
    }

    /** Each filter once, in order, as PDFBox applies them. */
    private Set<COSName> textFilters() throws IOException {
        Set<COSName> filters = new LinkedHashSet<>();
        COSBase given = getFilters();
        if (given instanceof COSName name) {
            filters.add(name);
        } else if (given instanceof COSArray names) {
            for (int i = 0; i < names.size(); i++) {
                if (names.getObject(i) instanceof COSName name) {
                    filters.add(name);
                }
            }
        }
        if (filters.size() > MOST_FILTERS
                || filters.stream().anyMatch(filter -> !TEXT_FILTERS.contains(filter.getName()))) {
            throw new IOException("text is packed as " + filters);
        }
        return filters;
    }

    /** A predictor keeps two rows in memory, as wide as the file says. */
    private void refuseWideRows() throws IOException {
        for (COSName name : List.of(COSName.DECODE_PARMS, COSName.DP)) {
            COSBase given = getDictionaryObject(name);
            List<COSBase> all = new ArrayList<>();
            if (given instanceof COSArray array) {
                for (int i = 0; i < array.size(); i++) {
                    all.add(array.getObject(i));
                }
            } else {
                all.add(given);
            }
            for (COSBase parameters : all) {
                if (parameters instanceof COSDictionary dictionary
                        && (dictionary.getInt(COSName.COLUMNS, 1) > MOST_COLUMNS
                                || dictionary.getInt(COSName.BITS_PER_COMPONENT, 8) > 32)) {
                    throw new IOException("a row of " + dictionary.getInt(COSName.COLUMNS, 1) + " columns is too wide");
                }
            }
        }
    }
}
