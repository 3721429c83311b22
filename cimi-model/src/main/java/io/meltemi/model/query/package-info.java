/**
 * CIMI's query language: the filter's grammar, ordering, select and expand (DSP0263 2.0.0, 4.1.6).
 */
@NullMarked
package io.meltemi.model.query;

import org.jspecify.annotations.NullMarked;
