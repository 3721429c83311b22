/**
 * What community nodes shall do and what they reported, as rows of the book, and the tokens with
 * which nodes join. Knows nothing of what the documents say.
 */
@NullMarked
package io.meltemi.broker.node;

import org.jspecify.annotations.NullMarked;
