/**
 * The lines of the security checklist that hold by now, each with the test that holds it.
 *
 * <table>
 *   <caption>Lines</caption>
 *   <tr><th>Line</th><th>Rule</th><th>Test</th></tr>
 *   <tr><td>1</td><td>object rights</td><td>{@link Checklist01ObjectRightsTest}</td></tr>
 *   <tr><td>2</td><td>side doors</td><td>{@link Checklist02SideDoorsTest}</td></tr>
 *   <tr><td>3</td><td>field rights</td><td>{@link Checklist03FieldRightsTest}</td></tr>
 *   <tr><td>4</td><td>function rights</td><td>{@link Checklist04FunctionRightsTest}</td></tr>
 *   <tr><td>5</td><td>authentication</td><td>{@link Checklist05AuthenticationTest}</td></tr>
 *   <tr><td>6</td><td>sessions</td><td>{@link Checklist06SessionsTest}</td></tr>
 *   <tr><td>11</td><td>query cost</td><td>{@link Checklist11QueryCostTest}</td></tr>
 *   <tr><td>15</td><td>XML</td><td>{@link Checklist15XmlTest}</td></tr>
 *   <tr><td>16</td><td>deserialisation</td><td>{@link Checklist16DeserialisationTest}</td></tr>
 *   <tr><td>18</td><td>expressions</td><td>{@link Checklist18ExpressionsTest}</td></tr>
 *   <tr><td>20</td><td>output</td><td>{@link Checklist20OutputTest}</td></tr>
 *   <tr><td>22</td><td>secrets</td><td>{@link Checklist22SecretsTest}</td></tr>
 * </table>
 *
 * A line that is added stands here, in docs/security.md and in a class of its own.
 */
@NullMarked
package io.meltemi.webapp.checklist;

import org.jspecify.annotations.NullMarked;
