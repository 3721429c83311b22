/** Who may come in where: every route and verb that the API's description lists. */
@NullMarked
package io.meltemi.webapp.access;

import org.jspecify.annotations.NullMarked;
