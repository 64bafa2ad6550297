package io.pileus.cognito.idp.oidc;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plain HTML page with at most one form: labelled fields, a button, links; no script. */
final class Page {
    private final String title;
    private final List<String> fields = new ArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final List<String> after = new ArrayList<>();
    private String error = "";
    private String notice = "";
    private String action = "";
    private String button = "";

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
        fields.add("<p><label for=\"" + escape(name) + "\">" + escape(label) + "</label><br><input id=\"" + escape(name)
                + "\" name=\"" + escape(name) + "\" type=\"" + type + "\" autocomplete=\"" + autocomplete
                + "\" value=\"" + escape(value) + "\" required></p>");
        return this;
    }

    /** A value to read and copy. */
    Page text(String label, String value) {
        fields.add("<p>" + escape(label) + "<br><code>" + escape(value) + "</code></p>");
        return this;
    }

    Page choice(String name, String label, List<String> options) {
        StringBuilder select = new StringBuilder("<p><label for=\"" + escape(name) + "\">" + escape(label)
                + "</label><br><select id=\"" + escape(name) + "\" name=\"" + escape(name) + "\">");
        options.forEach(
                option -> select.append("<option>").append(escape(option)).append("</option>"));
        fields.add(select.append("</select></p>").toString());
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
            html.append("<button type=\"submit\">").append(escape(button)).append("</button></form>");
        }
        after.forEach(html::append);
        html.append("</main></body></html>");
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
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
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
