/** The extension with the real SDK's clients; classes that must fail are run by JUnit's test kit. */
@NullMarked
package io.pileus.junit5;

import org.jspecify.annotations.NullMarked;
