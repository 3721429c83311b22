/** The server's certificate: an operator's from PEM files, or one made by ourselves. */
@NullMarked
package io.meltemi.webapp.tls;

import org.jspecify.annotations.NullMarked;
