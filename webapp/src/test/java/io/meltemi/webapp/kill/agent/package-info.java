/**
 * Runs inside the process that is to be killed: marks where it touches what outlives it, counts how
 * often each mark is passed, and ends the process where it is told to. Sees the JDK alone.
 */
@NullMarked
package io.meltemi.webapp.kill.agent;

import org.jspecify.annotations.NullMarked;
