/**
 * Lets callers follow what happens in the order of commits. Events are recorded by the store; here
 * they are only read.
 */
@NullMarked
package io.meltemi.broker.event;

import org.jspecify.annotations.NullMarked;
