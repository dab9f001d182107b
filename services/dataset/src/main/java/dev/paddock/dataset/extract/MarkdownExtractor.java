package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown (CommonMark with tables): headings as they are written, paragraphs of list items each their own. */
final class MarkdownExtractor implements Extractor {
    private final Parser parser =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private final TextContentRenderer text = TextContentRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build();

    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        try {
            walk(parser.parse(TextFile.read(file)), sink, 1);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void walk(Node parent, BlockSink sink, int depth) throws IOException {
        Nesting.refuseAt(depth);
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading) {
                accept(sink, heading.getLevel(), node);
            } else if (isLeaf(node)) {
                accept(sink, 0, node);
            } else if (!(node instanceof HtmlBlock)) {
                walk(node, sink, depth + 1);
            }
        }
    }

    private static boolean isLeaf(Node node) {
        return node instanceof Paragraph
                || node instanceof FencedCodeBlock
                || node instanceof IndentedCodeBlock
                || (node instanceof Block && node.getClass().getSimpleName().equals("TableBlock"));
    }

    private void accept(BlockSink sink, int level, Node node) throws IOException {
        String line = Tidy.line(text.render(node));
        if (!line.isEmpty()) {
            sink.accept(new dev.paddock.dataset.extract.Block(level, line));
        }
    }
}
