package io.meltemi.broker;

import io.meltemi.model.schema.Face;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a changing request says beside its body.
 *
 * @param face the door it came through
 * @param idempotencyKey the consumer's name for this intention: the same key with the same digest
 *     gets the same answer, with another digest 409 (row Q7)
 * @param digest SHA-256 of method, path and body, hexadecimal
 * @param ifMatch generation that the consumer saw last; another one is 412
 * @param dryRun tell the decision, write nothing, call nobody
 * @param request id of the request, for logs
 */
public record Intent(
    Face face,
    Optional<String> idempotencyKey,
    String digest,
    OptionalLong ifMatch,
    boolean dryRun,
    String request) {}
