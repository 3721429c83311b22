/**
 * The rules of CIMI's protocol, as {@code docs/conformance.md} lists them, over HTTP in both
 * versions and both forms. What a scenario walks along is in the package {@code interop}.
 */
@NullMarked
package io.meltemi.webapp.conformance;

import org.jspecify.annotations.NullMarked;
