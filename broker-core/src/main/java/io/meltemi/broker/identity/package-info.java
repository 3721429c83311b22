/**
 * Who asks: users, their roles in tenants, log-in and API tokens. Knows headers' values, but
 * nothing of HTTP servers.
 */
@NullMarked
package io.meltemi.broker.identity;

import org.jspecify.annotations.NullMarked;
