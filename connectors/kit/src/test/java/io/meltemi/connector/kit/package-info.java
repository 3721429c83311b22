/** Tests of the kit itself. */
@NullMarked
package io.meltemi.connector.kit;

import org.jspecify.annotations.NullMarked;
