/**
 * JSON and XML of every face, written and read from the same declarations. Foreign documents (OVF,
 * GLUE, usage records) have no place here.
 */
@NullMarked
package io.meltemi.model.wire;

import org.jspecify.annotations.NullMarked;
