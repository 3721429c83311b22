/** The server against clients that behave badly. */
@NullMarked
package io.meltemi.webapp.http;

import org.jspecify.annotations.NullMarked;
