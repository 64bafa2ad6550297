/** Flows through several services, as a user's application has them. */
package io.pileus.it.flows;
