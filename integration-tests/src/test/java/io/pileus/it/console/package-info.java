/** The page at {@code /_pileus/console} in a browser. */
package io.pileus.it.console;
