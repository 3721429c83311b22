/** The table of settings, its page, and how it refuses. */
@NullMarked
package io.meltemi.webapp.settings;

import org.jspecify.annotations.NullMarked;
