/** HTTP as values: a request, a response, a payload that may be large. Knows no socket. Start at {@link io.pileus.core.http.HttpRequest}. */
@NullMarked
package io.pileus.core.http;

import org.jspecify.annotations.NullMarked;
