package dev.paddock.dataset.extract;

import java.io.IOException;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** HTML: h1 to h6 and the texts between them; scripts, styles and navigation are left out. */
final class HtmlExtractor implements Extractor {
    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        Document document = Jsoup.parse(TextFile.read(file));
        document.select("script, style, nav, noscript, template, svg").remove();
        if (document.selectFirst("h1") == null && !document.title().isBlank()) {
            sink.accept(new Block(1, Tidy.line(document.title())));
        }
        StringBuilder inline = new StringBuilder();
        walk(document.body(), sink, inline, 1);
        flush(sink, inline);
    }

    private void walk(Element element, BlockSink sink, StringBuilder inline, int depth) throws IOException {
        Nesting.refuseAt(depth);
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode text) {
                inline.append(text.getWholeText());
            } else if (node instanceof Element child) {
                enter(child, sink, inline, depth);
            }
        }
    }

    private void enter(Element child, BlockSink sink, StringBuilder inline, int depth) throws IOException {
        String tag = child.normalName();
        if (tag.matches("h[1-6]")) {
            flush(sink, inline);
            String text = Tidy.line(child.text());
            if (!text.isEmpty()) {
                sink.accept(new Block(tag.charAt(1) - '0', text));
            }
        } else if (tag.equals("br")) {
            inline.append(' ');
        } else if (tag.equals("tr")) {
            flush(sink, inline);
            inline.append(String.join(" | ", child.select("td, th").eachText()));
            flush(sink, inline);
        } else if (child.isBlock()) {
            flush(sink, inline);
            walk(child, sink, inline, depth + 1);
            flush(sink, inline);
        } else {
            walk(child, sink, inline, depth + 1);
        }
    }

    private static void flush(BlockSink sink, StringBuilder inline) throws IOException {
        String text = Tidy.line(inline.toString());
        inline.setLength(0);
        if (!text.isEmpty()) {
            sink.accept(Block.paragraph(text));
        }
    }
}
