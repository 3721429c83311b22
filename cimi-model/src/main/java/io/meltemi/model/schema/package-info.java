/**
 * What resource types are made of: each is declared once as a {@link
 * io.meltemi.model.schema.ResourceKind}. JSON, XML, metadata, validation, filter, ordering and
 * partial update read these declarations and repeat no fact of them.
 */
@NullMarked
package io.meltemi.model.schema;

import org.jspecify.annotations.NullMarked;
