/**
 * The interop scenarios of the DMTF for CIMI 1.x, and what becomes of them in 2.0, in both forms.
 */
@NullMarked
package io.meltemi.webapp.interop;

import org.jspecify.annotations.NullMarked;
