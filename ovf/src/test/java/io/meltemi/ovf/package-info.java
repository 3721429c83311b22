/** Packages, good and hostile. */
@NullMarked
package io.meltemi.ovf;

import org.jspecify.annotations.NullMarked;
