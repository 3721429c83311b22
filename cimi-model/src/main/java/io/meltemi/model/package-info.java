/**
 * CIMI's words: resources as they are read and written, free of any wire form, and the problems
 * that a request can meet. What a resource type is made of stands in {@code model.schema}.
 */
@NullMarked
package io.meltemi.model;

import org.jspecify.annotations.NullMarked;
