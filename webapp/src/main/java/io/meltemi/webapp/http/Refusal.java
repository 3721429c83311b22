package io.meltemi.webapp.http;

/**
 * Why something that came is no request of the application.
 *
 * @param status of the answer
 * @param message a sentence
 */
public record Refusal(int status, String message) {}
