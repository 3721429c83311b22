/**
 * The book: one row shape for all resource kinds, tables of their own for tasks, events, claims and
 * usage intervals, one writer. On H2 and on PostgreSQL alike.
 */
@NullMarked
package io.meltemi.broker.store;

import org.jspecify.annotations.NullMarked;
