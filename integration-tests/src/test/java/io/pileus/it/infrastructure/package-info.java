/** What tools that build infrastructure ask for. */
package io.pileus.it.infrastructure;
