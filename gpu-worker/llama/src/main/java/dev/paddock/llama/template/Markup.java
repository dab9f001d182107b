package dev.paddock.llama.template;

/** Text marked as HTML-safe by {@code escape} or {@code safe}: adding plain text to it escapes that text. */
record Markup(String text) {
    static Markup escape(Object value, Budget budget) {
        if (value instanceof Markup markup) {
            return markup;
        }
        String escaped = PythonText.str(value, budget)
                .replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
        return new Markup(budget.text(escaped));
    }
}
