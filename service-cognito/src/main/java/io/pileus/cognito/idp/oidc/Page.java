package io.pileus.cognito.idp.oidc;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plain HTML page with at most one form: labelled fields, buttons, links; no script, but on the pages of passkeys. */
final class Page {
    private final String title;
    private final List<String> fields = new ArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final List<String> alternatives = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private String error = "";
    private String notice = "";
    private String action = "";
    private String button = "";
    private Optional<PageScript> script = Optional.empty();

    Page(String title) {
        this.title = title;
    }

    Page error(String text) {
        error = text;
        return this;
    }

    Page notice(String text) {
        notice = text;
        return this;
    }

    Page form(String path, String buttonText) {
        action = path;
        button = buttonText;
        return this;
    }

    Page hidden(String name, String value) {
        hidden.put(name, value);
        return this;
    }

    Page hidden(Map<String, String> values) {
        hidden.putAll(values);
        return this;
    }

    /** How a field for an attribute is called: {@code given_name} is {@code Given name}. */
    static String label(String attribute) {
        String words = attribute.replace("custom:", "").replace('_', ' ');
        return words.isEmpty() ? attribute : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    Page field(String name, String label, String type, String autocomplete, String value) {
        return field(name, label, type, autocomplete, value, " required");
    }

    /** A field that may stay empty. */
    Page optionalField(String name, String label, String type, String autocomplete) {
        return field(name, label, type, autocomplete, "", "");
    }

    private Page field(String name, String label, String type, String autocomplete, String value, String required) {
        fields.add("<p><label for=\"" + escape(name) + "\">" + escape(label) + "</label><br><input id=\"" + escape(name)
                + "\" name=\"" + escape(name) + "\" type=\"" + type + "\" autocomplete=\"" + autocomplete
                + "\" value=\"" + escape(value) + "\"" + required + "></p>");
        return this;
    }

    Page checkbox(String name, String label) {
        fields.add("<p><input id=\"" + escape(name) + "\" name=\"" + escape(name)
                + "\" type=\"checkbox\" autocomplete=\"off\"> <label for=\"" + escape(name) + "\">" + escape(label)
                + "</label></p>");
        return this;
    }

    /** A value to read and copy. */
    Page text(String label, String value) {
        fields.add("<p>" + escape(label) + "<br><code>" + escape(value) + "</code></p>");
        return this;
    }

    /** A button for each way to go on, which sends its value in the place of the form's own button. */
    Page buttons(String name, Map<String, String> labels) {
        labels.forEach((value, label) -> fields.add("<p><button type=\"submit\" name=\"" + escape(name) + "\" value=\""
                + escape(value) + "\">" + escape(label) + "</button></p>"));
        return this;
    }

    /** A button that sends the form elsewhere, whether its fields are filled or not. */
    Page otherwise(String path, String label) {
        alternatives.add("<p><button type=\"submit\" formnovalidate formaction=\"" + escape(path) + "\">"
                + escape(label) + "</button></p>");
        return this;
    }

    /** Runs a script when the form is sent; it says what goes wrong where {@code says} is. */
    Page script(PageScript value) {
        script = Optional.of(value);
        fields.add("<p id=\"says\" role=\"alert\"></p><noscript><p>Passkeys need JavaScript.</p></noscript>");
        return this;
    }

    Page link(String href, String text) {
        after.add("<p><a href=\"" + escape(href) + "\">" + escape(text) + "</a></p>");
        return this;
    }

    HttpResponse response(int status) {
        StringBuilder html = new StringBuilder(2048);
        html.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>")
                .append("body{font:16px sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}")
                .append("input,select,button{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}")
                .append("[type=checkbox]{width:auto}")
                .append("code{overflow-wrap:anywhere}[role=alert]{color:#a00}</style></head><body><main><h1>")
                .append(escape(title))
                .append("</h1>");
        if (!error.isEmpty()) {
            html.append("<p role=\"alert\">").append(escape(error)).append("</p>");
        }
        if (!notice.isEmpty()) {
            html.append("<p role=\"status\">").append(escape(notice)).append("</p>");
        }
        if (!action.isEmpty()) {
            html.append("<form method=\"post\" action=\"")
                    .append(escape(action))
                    .append("\">");
            hidden.forEach((name, value) -> html.append("<input type=\"hidden\" name=\"")
                    .append(escape(name))
                    .append("\" value=\"")
                    .append(escape(value))
                    .append("\">"));
            fields.forEach(html::append);
            if (!button.isEmpty()) {
                html.append("<button type=\"submit\">").append(escape(button)).append("</button>");
            }
            // After the form's own button, which Enter presses.
            alternatives.forEach(html::append);
            html.append("</form>");
        }
        after.forEach(html::append);
        html.append("</main>");
        script.ifPresent(code -> html.append("<script>").append(code.text()).append("</script>"));
        html.append("</body></html>");
        Headers headers = Headers.of(
                "Content-Type",
                "text/html; charset=utf-8",
                "Cache-Control",
                "no-store",
                "X-Frame-Options",
                "DENY",
                "X-Content-Type-Options",
                "nosniff",
                // Not no-referrer: a browser would call the origin of the pages' own forms null.
                "Referrer-Policy",
                "same-origin",
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; "
                        + script.map(code -> "script-src '" + code.hash() + "'; ")
                                .orElse("")
                        + "frame-ancestors 'none'");
        return HttpResponse.of(status, headers, html.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
