/**
 * Provider accounts: their rows, their secrets, and their connectors, each opened behind a gate of
 * its own so that a hung provider costs nobody else anything. Decides nothing about machines.
 */
@NullMarked
package io.meltemi.broker.account;

import org.jspecify.annotations.NullMarked;
