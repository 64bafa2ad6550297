/** What the tests of all services share; each service has a package below. */
@NullMarked
package io.pileus.it;

import org.jspecify.annotations.NullMarked;
