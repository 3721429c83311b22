/**
 * The rules of the house, held against the compiled classes of every room. They judge main code
 * only; what a rule means is said in docs/architecture.md.
 */
@NullMarked
package io.meltemi.webapp.rules;

import org.jspecify.annotations.NullMarked;
