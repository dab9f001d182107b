package dev.paddock.dataset.extract;

import java.io.IOException;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;

/** PDFBox's parser, every stream of whose document takes from a budget. */
final class PdfReader extends PDFParser {
    PdfReader(RandomAccessRead file, PdfBudget budget) throws IOException {
        super(file, "", null, null, IOUtils.createTempFileOnlyStreamCache());
        document.close();
        document = new Document(this, budget);
    }

    private static final class Document extends COSDocument {
        private final PdfReader parser;
        private final PdfBudget budget;

        Document(PdfReader parser, PdfBudget budget) {
            super(parser);
            this.parser = parser;
            this.budget = budget;
        }

        @Override
        public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
            if (isEncrypted()) {
                throw new UnreadableDocumentException("the PDF is encrypted: save it without a password");
            }
            COSStream stream = new PdfStream(budget, parser.createRandomAccessReadView(start, length));
            dictionary.forEach(stream::setItem);
            stream.setKey(dictionary.getKey());
            return stream;
        }
    }
}
