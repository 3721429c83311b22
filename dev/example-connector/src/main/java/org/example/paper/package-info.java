/**
 * A cloud on paper, to copy from: a folder holds what the cloud offers and a file for each of its
 * machines. Nothing runs in it; what it shows is what a connector owes the broker.
 */
package org.example.paper;
