/** Smithy's protocol cases, and our own, against the codecs of emulator-core. Start at {@link io.pileus.protocoltests.ProtocolCasesTest}. */
@NullMarked
package io.pileus.protocoltests;

import org.jspecify.annotations.NullMarked;
