/**
 * What an operator can set: one table of settings, read from a file, the environment and the
 * command line, into typed records. Knows nothing of what the settings are used for.
 */
@NullMarked
package io.meltemi.webapp.settings;

import org.jspecify.annotations.NullMarked;
