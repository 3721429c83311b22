package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something that happened, in commit order.
 *
 * @param position grows in commit order; 0 before it is stored
 * @param type {@code created}, {@code changed}, {@code state}, {@code deleted}, or a name of its
 *     own such as {@code twin.removed}
 * @param resource path of the resource concerned
 * @param content what there is to tell
 */
public record Event(
    long position,
    String tenant,
    String type,
    String resource,
    String kind,
    Instant time,
    ObjectNode content) {}
