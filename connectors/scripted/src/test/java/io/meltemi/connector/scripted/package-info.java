/** Tests of the scripted cloud. */
@NullMarked
package io.meltemi.connector.scripted;

import org.jspecify.annotations.NullMarked;
